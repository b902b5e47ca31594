import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, isEmpty, newClient, newQueue, receiveOne } from "./support.mjs";

const client = newClient();

test("sessions are refused, and the connection goes on", async () => {
  const queue = newQueue();

  const error = await errorOf(client.acceptSession(queue, "s-1"));

  assert.match(error.message, /session/);
  await client.createSender(queue).sendMessages({ body: 1 });
  assert.equal((await receiveOne(client.createReceiver(queue))).body, 1);
});

test("deferral is refused, and the message stays locked for its receiver", async () => {
  const queue = newQueue();
  await client.createSender(queue).sendMessages({ body: 1 });
  const receiver = client.createReceiver(queue);
  const message = await receiveOne(receiver);

  assert.match((await errorOf(receiver.deferMessage(message))).message, /deferral/);

  assert.ok(await isEmpty(client.createReceiver(queue)));
});

test("nothing can be sent to a dead-letter queue", async () => {
  const error = await errorOf(client.createSender(`${newQueue()}/$deadletterqueue`).sendMessages({ body: 1 }));

  assert.match(error.message, /dead-letter queue/);
});

test("dead-lettering a dead letter is refused, and it stays locked for its receiver", async () => {
  const queue = newQueue();
  await client.createSender(queue).sendMessages({ body: 1 });
  const receiver = client.createReceiver(queue);
  await receiver.deadLetterMessage(await receiveOne(receiver));
  const deadLetters = client.createReceiver(queue, { subQueueType: "deadLetter" });
  const dead = await receiveOne(deadLetters);

  assert.match((await errorOf(deadLetters.deadLetterMessage(dead))).message, /dead-letter queue/);

  assert.ok(await isEmpty(client.createReceiver(queue, { subQueueType: "deadLetter" })));
});
