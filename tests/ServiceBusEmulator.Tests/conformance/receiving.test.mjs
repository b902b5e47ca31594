import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, isEmpty, newClient, newQueue, numbered, receiveAll, receiveOne } from "./support.mjs";

const client = newClient();

test("receiving from an empty queue returns nothing after its time, and what comes later is not lost", async () => {
  const queue = newQueue();
  const receiver = client.createReceiver(queue);
  assert.deepEqual(await receiver.receiveMessages(10, { maxWaitTimeInMs: 300 }), []);

  await client.createSender(queue).sendMessages({ body: "later" });

  const message = await receiveOne(receiver);
  assert.deepEqual([message.body, message.deliveryCount], ["later", 0]);
});

test("a drained receiver leaves no credit behind: other receivers get what comes", async () => {
  const queue = newQueue();
  const drained = client.createReceiver(queue);
  assert.deepEqual(await drained.receiveMessages(50, { maxWaitTimeInMs: 200 }), []);
  await client.createSender(queue).sendMessages(numbered(20));

  const messages = await receiveAll(client.createReceiver(queue), 20);

  assert.deepEqual(messages.map((message) => message.deliveryCount), Array(20).fill(0));
});

test("a receiver is drained again and again, and each time receives afresh", async () => {
  const queue = newQueue();
  const sender = client.createSender(queue);
  const receiver = client.createReceiver(queue);
  for (let round = 0; round < 5; round++) {
    await sender.sendMessages(numbered(3));
    const messages = await receiver.receiveMessages(10, { maxWaitTimeInMs: 5_000 });
    assert.equal(messages.length, 3);
    await Promise.all(messages.map((message) => receiver.completeMessage(message)));
  }
  assert.ok(await isEmpty(receiver));
});

test("no more messages come than were asked for", async () => {
  const queue = newQueue();
  await client.createSender(queue).sendMessages(numbered(20));

  const messages = await client.createReceiver(queue).receiveMessages(7, { maxWaitTimeInMs: 5_000 });

  assert.deepEqual(messages.map((message) => message.body), [0, 1, 2, 3, 4, 5, 6]);
});

test("two receivers share a queue and neither sees what the other holds", async () => {
  const queue = newQueue();
  await client.createSender(queue).sendMessages(numbered(20));

  const batches = await Promise.all([1, 2].map(() => receiveAll(client.createReceiver(queue), 10)));

  assert.equal(new Set(batches.flat().map((message) => message.body)).size, 20);
});

test("receive-and-delete takes messages for good", async () => {
  const queue = newQueue();
  await client.createSender(queue).sendMessages(numbered(2500));
  const receiver = client.createReceiver(queue, { receiveMode: "receiveAndDelete" });

  const messages = await receiveAll(receiver, 2500);

  assert.deepEqual(messages.map((message) => message.body), [...Array(2500).keys()]);
  assert.ok(await isEmpty(receiver));
  assert.deepEqual(await receiver.peekMessages(10), []);
});

test("a subscriber gets messages as they come, and they are completed when it has handled them", async () => {
  const queue = newQueue();
  const receiver = client.createReceiver(queue);
  const sender = client.createSender(queue);
  const bodies = [];
  const errors = [];
  await new Promise((resolve) => {
    receiver.subscribe(
      {
        processMessage: async (message) => {
          bodies.push(message.body);
          if (bodies.length === 30) {
            resolve();
          }
        },
        processError: async (args) => errors.push(args.error),
      },
      { maxConcurrentCalls: 5 },
    );
    sender.sendMessages(numbered(10)).then(() => sender.sendMessages(numbered(20)));
  });
  await receiver.close();

  assert.deepEqual(errors, []);
  const rest = await client.createReceiver(queue).peekMessages(50);
  assert.deepEqual(rest.map((message) => message.body), []);
});

test("a subscriber's message that its handler throws on comes again", async () => {
  const queue = newQueue();
  const receiver = client.createReceiver(queue);
  await client.createSender(queue).sendMessages({ body: "b" });

  const counts = await new Promise((resolve) => {
    const seen = [];
    receiver.subscribe({
      processMessage: async (message) => {
        seen.push(message.deliveryCount);
        if (seen.length === 1) {
          throw new Error("The first time fails.");
        }
        resolve(seen);
      },
      processError: async () => {},
    });
  });
  await receiver.close();

  assert.deepEqual(counts, [0, 1]);
});

test("messages can be iterated", async () => {
  const queue = newQueue();
  await client.createSender(queue).sendMessages(numbered(5));
  const receiver = client.createReceiver(queue);
  const bodies = [];
  for await (const message of receiver.getMessageIterator()) {
    bodies.push(message.body);
    await receiver.completeMessage(message);
    if (bodies.length === 5) {
      break;
    }
  }

  assert.deepEqual(bodies, [0, 1, 2, 3, 4]);
});

test("closing a receiver leaves its messages locked", async () => {
  const queue = newQueue();
  await client.createSender(queue).sendMessages({ body: 1 });
  const receiver = client.createReceiver(queue);
  await receiveOne(receiver);
  await receiver.close();

  assert.ok(await isEmpty(client.createReceiver(queue)));
});

test("a client that has gone leaves its messages locked until the locks run out, then they come again", async () => {
  const queue = newQueue("short");
  const gone = newClient();
  await gone.createSender(queue).sendMessages({ body: 1 });
  await receiveOne(gone.createReceiver(queue));
  await gone.close();

  const receiver = client.createReceiver(queue);
  const message = await receiveOne(receiver);

  assert.equal(message.deliveryCount, 1);
  await receiver.completeMessage(message);
});

test("receiving from a queue that does not exist fails with MessagingEntityNotFound", async () => {
  const error = await errorOf(client.createReceiver("no-such-queue").receiveMessages(1, { maxWaitTimeInMs: 2_000 }));

  assert.equal(error.code, "MessagingEntityNotFound");
});

test("peeking shows active, locked and scheduled messages, page by page, and takes none", async () => {
  const queue = newQueue();
  const sender = client.createSender(queue);
  await sender.sendMessages(numbered(10));
  await sender.scheduleMessages({ body: "later" }, new Date(Date.now() + 3_600_000));
  const receiver = client.createReceiver(queue);
  await receiveAll(receiver, 2);

  const pages = [await receiver.peekMessages(4), await receiver.peekMessages(4), await receiver.peekMessages(4), await receiver.peekMessages(4)];

  assert.deepEqual(pages.map((page) => page.length), [4, 4, 3, 0]);
  assert.deepEqual(pages.flat().map((message) => message.body), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, "later"]);
  assert.deepEqual(pages.flat().map((message) => message.state), [...Array(10).fill("active"), "scheduled"]);
  assert.ok(pages.flat().every((message) => !message.lockToken));
});

test("peeking starts at the sequence number given", async () => {
  const queue = newQueue();
  await client.createSender(queue).sendMessages(numbered(5));
  const receiver = client.createReceiver(queue);
  const all = await receiver.peekMessages(5);

  const some = await receiver.peekMessages(2, { fromSequenceNumber: all[3].sequenceNumber });

  assert.deepEqual(some.map((message) => message.body), [3, 4]);
});
