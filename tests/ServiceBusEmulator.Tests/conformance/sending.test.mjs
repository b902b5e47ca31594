import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, isEmpty, newClient, newQueue, numbered, receiveAll, receiveOne } from "./support.mjs";

const client = newClient();

test("a message arrives with everything that its sender set", async () => {
  const queue = newQueue();
  const sent = {
    body: { meeting: "m-1", videos: [1, 2] },
    messageId: "id-1",
    correlationId: "correlation-1",
    subject: "subject",
    contentType: "application/json",
    replyTo: "reply",
    to: "to",
    partitionKey: "key",
    timeToLive: 3_600_000,
    applicationProperties: { text: "ä", number: 42, fraction: 1.5, yes: true, when: new Date(1_700_000_000_000) },
  };
  const before = Date.now();
  await client.createSender(queue).sendMessages(sent);

  const message = await receiveOne(client.createReceiver(queue));

  for (const key of ["messageId", "correlationId", "subject", "contentType", "replyTo", "to", "partitionKey", "timeToLive"]) {
    assert.equal(message[key], sent[key], key);
  }
  assert.deepEqual(message.body, sent.body);
  assert.deepEqual({ ...message.applicationProperties, when: new Date(message.applicationProperties.when) }, sent.applicationProperties);
  assert.equal(message.state, "active");
  assert.equal(message.deliveryCount, 0);
  assert.ok(message.sequenceNumber.gt(0));
  assert.ok(Math.abs(message.enqueuedTimeUtc - before) < 60_000);
  assert.equal(message.expiresAtUtc - message.enqueuedTimeUtc, sent.timeToLive);
  assert.match(message.lockToken, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test("bytes, text and structures arrive as what they were", async () => {
  const queue = newQueue();
  const bodies = [Buffer.from([0, 1, 255]), "text", { a: [1, { b: null }] }, ""];
  await client.createSender(queue).sendMessages(bodies.map((body) => ({ body })));

  const messages = await receiveAll(client.createReceiver(queue), bodies.length);

  assert.deepEqual(messages.map((message) => message.body), bodies);
});

test("an AMQP value and an AMQP sequence arrive as what they were", async () => {
  const queue = newQueue();
  const sender = client.createSender(queue);
  await sender.sendMessages({ bodyType: "value", body: { answer: 42 } });
  await sender.sendMessages({ bodyType: "sequence", body: [1, "two"] });

  const [value, sequence] = await receiveAll(client.createReceiver(queue), 2);

  assert.deepEqual([value._rawAmqpMessage.bodyType, value.body], ["value", { answer: 42 }]);
  assert.deepEqual([sequence._rawAmqpMessage.bodyType, sequence.body], ["sequence", [1, "two"]]);
});

test("a message without an id is given one", async () => {
  const queue = newQueue();
  await client.createSender(queue).sendMessages([{ body: 1 }, { body: 2 }]);

  const [first, second] = await receiveAll(client.createReceiver(queue), 2);

  assert.ok(first.messageId);
  assert.ok(second.messageId);
  assert.notEqual(first.messageId, second.messageId);
});

test("messages of one batch arrive in its order as messages of their own", async () => {
  const queue = newQueue();
  const sender = client.createSender(queue);
  const batch = await sender.createMessageBatch();
  for (const message of numbered(500)) {
    assert.ok(batch.tryAddMessage(message));
  }
  await sender.sendMessages(batch);

  const messages = await receiveAll(client.createReceiver(queue), 500);

  assert.deepEqual(messages.map((message) => message.body), [...Array(500).keys()]);
  const first = messages[0].sequenceNumber;
  assert.ok(messages.every((message, i) => message.sequenceNumber.eq(first.add(i))));
});

test("a batch holds as much as the queue lets a message hold, and no more", async () => {
  const sender = client.createSender(newQueue());
  const batch = await sender.createMessageBatch();
  assert.equal(batch.maxSizeInBytes, 256 * 1024);
  assert.ok(batch.tryAddMessage({ body: Buffer.alloc(200_000) }));
  assert.ok(!batch.tryAddMessage({ body: Buffer.alloc(100_000) }));
  await sender.sendMessages(batch);
});

test("a message of 200 KB arrives whole over many frames", async () => {
  const queue = newQueue();
  const body = Buffer.alloc(200_000, "abcdefghij");
  await client.createSender(queue).sendMessages({ body });

  const message = await receiveOne(client.createReceiver(queue));

  assert.ok(body.equals(message.body));
});

test("a message over the size limit is refused, and the sender can go on", async () => {
  const queue = newQueue();
  const sender = client.createSender(queue);

  const error = await errorOf(sender.sendMessages({ body: Buffer.alloc(300_000) }));
  await sender.sendMessages({ body: "small" });

  assert.equal(error.code, "MessageSizeExceeded");
  assert.equal((await receiveOne(client.createReceiver(queue))).body, "small");
});

test("a full queue refuses messages until there is room", async () => {
  const queue = newQueue("small");
  const sender = client.createSender(queue);
  await sender.sendMessages({ body: Buffer.alloc(60_000) });

  const error = await errorOf(sender.sendMessages({ body: Buffer.alloc(60_000) }));
  assert.equal(error.code, "QuotaExceeded");

  const receiver = client.createReceiver(queue);
  await receiver.completeMessage(await receiveOne(receiver));
  await sender.sendMessages({ body: Buffer.alloc(60_000) });
});

test("sending to a queue that does not exist fails with MessagingEntityNotFound", async () => {
  const error = await errorOf(client.createSender("no-such-queue").sendMessages({ body: 1 }));

  assert.equal(error.code, "MessagingEntityNotFound");
});

test("queue names do not depend on case", async () => {
  const queue = newQueue();
  await client.createSender(queue.toUpperCase()).sendMessages({ body: 1 });

  assert.equal((await receiveOne(client.createReceiver(queue))).body, 1);
});

test("a received message can be sent on", async () => {
  const [from, to] = [newQueue(), newQueue()];
  await client.createSender(from).sendMessages({ body: "b", messageId: "m", applicationProperties: { x: 1 } });
  const received = await receiveOne(client.createReceiver(from));

  await client.createSender(to).sendMessages(received);

  const again = await receiveOne(client.createReceiver(to));
  assert.deepEqual([again.body, again.messageId, again.applicationProperties], ["b", "m", { x: 1 }]);
});

test("a queue with duplicate detection drops an id that it has seen, single, in batches and scheduled", async () => {
  const queue = newQueue("duplicates");
  const sender = client.createSender(queue);
  await sender.sendMessages({ body: 1, messageId: "a" });
  await sender.sendMessages({ body: 2, messageId: "a" });
  await sender.sendMessages([{ body: 3, messageId: "a" }, { body: 4, messageId: "b" }]);
  await sender.scheduleMessages({ body: 5, messageId: "b" }, new Date());

  const receiver = client.createReceiver(queue);
  const messages = await receiveAll(receiver, 2);

  assert.deepEqual(messages.map((message) => message.body), [1, 4]);
  assert.ok(await isEmpty(receiver));
});

test("many senders at once lose nothing", async () => {
  const queue = newQueue();
  const senders = Array.from({ length: 10 }, () => client.createSender(queue));
  await Promise.all(senders.flatMap((sender, s) => Array.from({ length: 50 }, (_, i) => sender.sendMessages({ body: `${s}/${i}` }))));

  const messages = await receiveAll(client.createReceiver(queue), 500);

  assert.equal(new Set(messages.map((message) => message.body)).size, 500);
});
