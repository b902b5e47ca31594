// Asks a deployed app what DingTalk's console asks: does it run, does it refuse a stranger, and does it answer a signed check_url
// push as DingTalk wants. Node 20 or later, nothing else. Without the callback's secrets the last is left out and said so.
//   SERVICE_API_URI, DINGTALK_CALLBACK_URL                       outputs of the deployment
//   DINGTALK_CALLBACK_TOKEN, DINGTALK_ENCODING_AES_KEY,
//   DINGTALK_APP_KEY or DINGTALK_SUITE_KEY                       of several with commas between, the first counts
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

const tries = Number(process.env.SMOKE_TRIES ?? 30);
const pauseMs = Number(process.env.SMOKE_PAUSE_MS ?? 10_000);
const block = 32;

const first = name => (process.env[name] ?? "").split(",")[0].trim();
const need = name => process.env[name] || fail(`${name} is missing: azd env get-value ${name}`);

function fail(words) {
  console.error(words);
  process.exit(1);
}

async function request(url, options) {
  try {
    const answer = await fetch(url, { ...options, redirect: "error", signal: AbortSignal.timeout(15_000) });
    return { status: answer.status, body: await answer.text() };
  } catch (error) {
    return { status: 0, body: error.cause?.code ?? error.name };
  }
}

// A new deployment takes a while to answer, and an app that was just given its secrets too.
async function until(what, ask, isRight) {
  let last;
  for (let i = 0; i < tries; i++) {
    last = await ask();
    if (isRight(last)) {
      console.log(`${what}: ${last.status}`);
      return last;
    }

    await new Promise(resolve => setTimeout(resolve, pauseMs));
  }

  return fail(`${what}: ${last.status} after ${tries} tries`);
}

const sign = (token, timestamp, nonce, encrypted) =>
  createHash("sha1").update([token, timestamp, nonce, encrypted].sort().join("")).digest("hex");

function encrypt(key, message, owner) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(message));
  const content = Buffer.concat([randomBytes(16), length, Buffer.from(message), Buffer.from(owner)]);
  const padding = block - (content.length % block);
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(content), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]).toString("base64");
}

function decrypt(key, encrypted) {
  const cipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([cipher.update(Buffer.from(encrypted, "base64")), cipher.final()]);
  const length = plain.readUInt32BE(16);
  return {
    message: plain.subarray(20, 20 + length).toString(),
    owner: plain.subarray(20 + length, plain.length - plain[plain.length - 1]).toString(),
  };
}

const service = need("SERVICE_API_URI");
const callback = need("DINGTALK_CALLBACK_URL");
await until("Health", () => request(`${service}/api/health`), answer => answer.status === 200);
await until(
  "A push without a signature",
  () => request(callback, { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" }),
  answer => answer.status >= 400 && answer.status < 500 && answer.status !== 404);

const token = first("DINGTALK_CALLBACK_TOKEN");
const aesKey = first("DINGTALK_ENCODING_AES_KEY");
const owner = process.env.DINGTALK_APP_KIND === "thirdParty" ? first("DINGTALK_SUITE_KEY") : first("DINGTALK_APP_KEY");
if (!token || !aesKey || !owner) {
  console.log("No signed push is tried: the callback's token, AES key and owner are not given.");
  process.exit(0);
}

const key = Buffer.from(`${aesKey}=`, "base64");
const push = () => {
  const timestamp = String(Date.now());
  const nonce = randomBytes(8).toString("hex");
  const encrypted = encrypt(key, JSON.stringify({ EventType: "check_url" }), owner);
  const query = new URLSearchParams({ msg_signature: sign(token, timestamp, nonce, encrypted), timestamp, nonce });
  return request(`${callback}?${query}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ encrypt: encrypted }),
  });
};
const answer = JSON.parse((await until("A signed check_url push", push, a => a.status === 200)).body);
if (answer.msg_signature !== sign(token, answer.timeStamp, answer.nonce, answer.encrypt)) {
  fail("The answer's signature is wrong.");
}

const plain = decrypt(key, answer.encrypt);
if (plain.message !== "success" || plain.owner !== owner) {
  fail("The answer does not say success to whom it should.");
}

console.log("The answer is signed, encrypted and says success, as DingTalk wants it.");
