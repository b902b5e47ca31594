import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, isEmpty, newClient, newQueue, numbered, receiveAll, receiveOne } from "./support.mjs";

const client = newClient();

/** A receiver that lets locks run out: left to itself, the client renews them. */
const newSlowReceiver = (queue) => client.createReceiver(queue, { maxAutoLockRenewalDurationInMs: 0 });

test("a completed message never comes again", async () => {
  const queue = newQueue("short");
  await client.createSender(queue).sendMessages({ body: 1 });
  const receiver = client.createReceiver(queue);

  await receiver.completeMessage(await receiveOne(receiver));

  assert.deepEqual(await receiver.receiveMessages(1, { maxWaitTimeInMs: 2_500 }), []);
});

test("500 messages are settled one by one with all of them in flight", async () => {
  const queue = newQueue();
  await client.createSender(queue).sendMessages(numbered(500));
  const receiver = client.createReceiver(queue);
  const messages = await receiveAll(receiver, 500);

  await Promise.all(messages.map((message) => receiver.completeMessage(message)));

  assert.deepEqual(await receiver.peekMessages(1), []);
});

test("an abandoned message comes again at once, before newer ones, with its count raised and its properties changed", async () => {
  const queue = newQueue();
  await client.createSender(queue).sendMessages([
    { body: "first", applicationProperties: { kept: "k", changed: "old" } },
    { body: "second" },
  ]);
  const receiver = client.createReceiver(queue);
  await receiver.abandonMessage(await receiveOne(receiver), { changed: "new", added: 7 });

  const again = await receiveOne(receiver);

  assert.deepEqual([again.body, again.deliveryCount], ["first", 1]);
  assert.deepEqual(again.applicationProperties, { kept: "k", changed: "new", added: 7 });
});

test("a dead-lettered message stands in the dead-letter queue with reason, description and properties", async () => {
  const queue = newQueue();
  await client.createSender(queue).sendMessages({ body: "b", messageId: "m", applicationProperties: { kept: 1 } });
  const receiver = client.createReceiver(queue);
  await receiver.deadLetterMessage(await receiveOne(receiver), {
    deadLetterReason: "orgAccessForbidden",
    deadLetterErrorDescription: "Grant the permission.",
    extra: "e",
  });

  const deadLetters = client.createReceiver(queue, { subQueueType: "deadLetter" });
  const [peeked] = await deadLetters.peekMessages(1);
  const dead = await receiveOne(deadLetters);

  for (const message of [peeked, dead]) {
    assert.deepEqual([message.body, message.messageId], ["b", "m"]);
    assert.equal(message.deadLetterReason, "orgAccessForbidden");
    assert.equal(message.deadLetterErrorDescription, "Grant the permission.");
    assert.equal(message.applicationProperties.kept, 1);
    assert.equal(message.applicationProperties.extra, "e");
  }
  await deadLetters.completeMessage(dead);
  assert.ok(await isEmpty(deadLetters));
  assert.ok(await isEmpty(receiver));
});

test("a message that was given back too often is dead-lettered with MaxDeliveryCountExceeded", async () => {
  const queue = newQueue("strict");
  await client.createSender(queue).sendMessages({ body: "b" });
  const receiver = client.createReceiver(queue);
  for (let delivery = 0; delivery < 3; delivery++) {
    const message = await receiveOne(receiver);
    assert.equal(message.deliveryCount, delivery);
    await receiver.abandonMessage(message);
  }

  const dead = await receiveOne(client.createReceiver(queue, { subQueueType: "deadLetter" }));

  assert.equal(dead.deadLetterReason, "MaxDeliveryCountExceeded");
  assert.ok(dead.deadLetterErrorDescription);
  assert.ok(await isEmpty(receiver));
});

test("a message whose time runs out is dead-lettered with TTLExpiredException, or dropped, as the queue says", async () => {
  const [dropping, keeping] = [newQueue(), newQueue("expiring")];
  for (const queue of [dropping, keeping]) {
    await client.createSender(queue).sendMessages({ body: "b", timeToLive: 500 });
  }

  const dead = await receiveOne(client.createReceiver(keeping, { subQueueType: "deadLetter" }));

  assert.equal(dead.deadLetterReason, "TTLExpiredException");
  assert.ok(await isEmpty(client.createReceiver(dropping)));
  assert.deepEqual(await client.createReceiver(dropping, { subQueueType: "deadLetter" }).peekMessages(1), []);
});

test("messages whose locks ran out come again in order before newer ones, and settling the old locks fails with MessageLockLost", async () => {
  const queue = newQueue("short");
  const sender = client.createSender(queue);
  await sender.sendMessages(numbered(4));
  const slow = newSlowReceiver(queue);
  const stale = await receiveAll(slow, 4);
  const receiver = client.createReceiver(queue);
  const again = [await receiveOne(receiver)];
  await sender.sendMessages({ body: "newer" });
  again.push(...(await receiveAll(receiver, 4)));

  assert.deepEqual(again.map((message) => message.body), [0, 1, 2, 3, "newer"]);
  assert.deepEqual(again.map((message) => message.deliveryCount), [1, 1, 1, 1, 0]);
  const settlements = [
    slow.completeMessage(stale[0]),
    slow.abandonMessage(stale[1]),
    slow.deadLetterMessage(stale[2]),
    slow.renewMessageLock(stale[3]),
  ];
  for (const settlement of settlements) {
    assert.equal((await errorOf(settlement)).code, "MessageLockLost");
  }
});

test("a receiver goes on after a lost lock", async () => {
  const queue = newQueue("short");
  await client.createSender(queue).sendMessages({ body: 1 });
  const receiver = newSlowReceiver(queue);
  const stale = await receiveOne(receiver);
  const again = await receiveOne(receiver);
  assert.equal((await errorOf(receiver.completeMessage(stale))).code, "MessageLockLost");

  await receiver.completeMessage(again);

  assert.ok(await isEmpty(receiver));
});

test("a renewed lock holds longer than the queue's lock duration", async () => {
  const queue = newQueue("short");
  await client.createSender(queue).sendMessages({ body: 1 });
  const receiver = newSlowReceiver(queue);
  const other = client.createReceiver(queue);
  const message = await receiveOne(receiver);
  const firstEnd = message.lockedUntilUtc;
  while (Date.now() < firstEnd.getTime() + 1_500) {
    const until = await receiver.renewMessageLock(message);
    assert.ok(until >= firstEnd);
    assert.deepEqual(await other.receiveMessages(1, { maxWaitTimeInMs: 200 }), []);
  }

  await receiver.completeMessage(message);
});

test("a subscriber's lock is renewed for it while its handler works", async () => {
  const queue = newQueue("short");
  await client.createSender(queue).sendMessages({ body: 1 });
  const receiver = client.createReceiver(queue, { maxAutoLockRenewalDurationInMs: 60_000 });
  const other = client.createReceiver(queue);
  let deliveries = 0;
  const errors = [];
  await new Promise((resolve) => {
    receiver.subscribe({
      processMessage: async () => {
        deliveries++;
        assert.deepEqual(await other.receiveMessages(1, { maxWaitTimeInMs: 5_000 }), []);
        resolve();
      },
      processError: async (args) => errors.push(args.error),
    });
  });
  await receiver.close();

  assert.equal(deliveries, 1);
  assert.deepEqual(errors, []);
});

test("a message is settled by another receiver of the same queue, over its management node", async () => {
  const queue = newQueue();
  await client.createSender(queue).sendMessages(numbered(3));
  const first = client.createReceiver(queue);
  const [complete, abandon, deadLetter] = await receiveAll(first, 3);
  await first.close();
  const receiver = client.createReceiver(queue);

  await receiver.completeMessage(complete);
  await receiver.abandonMessage(abandon, { x: 1 });
  await receiver.deadLetterMessage(deadLetter, { deadLetterReason: "r", deadLetterErrorDescription: "d" });

  const again = await receiveOne(receiver);
  assert.deepEqual([again.body, again.deliveryCount, again.applicationProperties], [1, 1, { x: 1 }]);
  const dead = await receiveOne(client.createReceiver(queue, { subQueueType: "deadLetter" }));
  assert.deepEqual([dead.body, dead.deadLetterReason, dead.deadLetterErrorDescription], [2, "r", "d"]);
  assert.equal((await errorOf(receiver.completeMessage(complete))).code, "MessageLockLost");
});
