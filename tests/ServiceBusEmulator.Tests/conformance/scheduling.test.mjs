import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, isEmpty, newClient, newQueue, receiveAll, receiveOne } from "./support.mjs";

const client = newClient();
const inAWhile = () => new Date(Date.now() + 1_200);
const inAnHour = () => new Date(Date.now() + 3_600_000);

test("a scheduled message comes when its time has come", async () => {
  const queue = newQueue();
  const due = inAWhile();
  const [number] = await client.createSender(queue).scheduleMessages({ body: "b", messageId: "m" }, due);
  const receiver = client.createReceiver(queue);
  const [peeked] = await receiver.peekMessages(1);
  assert.deepEqual([peeked.state, peeked.sequenceNumber.eq(number)], ["scheduled", true]);

  const message = await receiveOne(receiver);

  assert.ok(Date.now() >= due.getTime() - 50, "It came early.");
  assert.deepEqual([message.body, message.messageId, message.state], ["b", "m", "active"]);
  assert.equal(message.scheduledEnqueueTimeUtc.getTime(), due.getTime());
  assert.ok(message.enqueuedTimeUtc >= due);
});

test("a message with a scheduled time of its own is scheduled when it is sent, also in a batch", async () => {
  const queue = newQueue();
  const sender = client.createSender(queue);
  await sender.sendMessages({ body: "single", scheduledEnqueueTimeUtc: inAWhile() });
  await sender.sendMessages([{ body: "now" }, { body: "batch", scheduledEnqueueTimeUtc: inAWhile() }]);
  const receiver = client.createReceiver(queue);
  const states = (await receiver.peekMessages(5)).map((message) => [message.body, message.state]);
  assert.deepEqual(states, [["single", "scheduled"], ["now", "active"], ["batch", "scheduled"]]);

  const messages = await receiveAll(receiver, 3);

  assert.deepEqual(messages.map((message) => message.body), ["now", "single", "batch"]);
});

test("several messages scheduled at once get a sequence number each", async () => {
  const sender = client.createSender(newQueue());

  const numbers = await sender.scheduleMessages([{ body: 1 }, { body: 2 }, { body: 3 }], inAnHour());

  assert.equal(new Set(numbers.map(String)).size, 3);
});

test("a message scheduled for the past comes at once", async () => {
  const queue = newQueue();
  await client.createSender(queue).scheduleMessages({ body: "b" }, new Date(Date.now() - 60_000));

  assert.equal((await receiveOne(client.createReceiver(queue))).body, "b");
});

test("cancelled messages never come", async () => {
  const queue = newQueue();
  const sender = client.createSender(queue);
  const numbers = await sender.scheduleMessages([{ body: 1 }, { body: 2 }, { body: 3 }], inAnHour());

  await sender.cancelScheduledMessages(numbers.slice(0, 2));

  const rest = await client.createReceiver(queue).peekMessages(5);
  assert.deepEqual(rest.map((message) => message.body), [3]);
});

test("cancelling what is not scheduled fails with MessageNotFound", async () => {
  const queue = newQueue();
  const sender = client.createSender(queue);
  const [number] = await sender.scheduleMessages({ body: 1 }, inAnHour());
  await sender.cancelScheduledMessages(number);

  assert.equal((await errorOf(sender.cancelScheduledMessages(number))).code, "MessageNotFound");
});

test("scheduled messages wait while others pass", async () => {
  const queue = newQueue();
  const sender = client.createSender(queue);
  await sender.scheduleMessages({ body: "later" }, inAnHour());
  await sender.sendMessages({ body: "now" });
  const receiver = client.createReceiver(queue);

  await receiver.completeMessage(await receiveOne(receiver));

  assert.ok(await isEmpty(receiver));
});
