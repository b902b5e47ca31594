import { after } from "node:test";
import { ServiceBusClient } from "@azure/service-bus";

const connectionString = process.env.SERVICEBUS_CONNECTION_STRING;
if (!connectionString) {
  throw new Error("SERVICEBUS_CONNECTION_STRING must name the namespace to test.");
}

const used = new Map();

/** A client that is closed when the file's tests have run. */
export function newClient(options) {
  const client = new ServiceBusClient(connectionString, options);
  after(() => client.close());
  return client;
}

/** The name of an empty queue of a kind that no other test of this file has used. */
export function newQueue(kind = "plain") {
  const number = (used.get(kind) ?? 0) + 1;
  used.set(kind, number);
  return `${kind}-${number}`;
}

/** Receives until so many have come. */
export async function receiveAll(receiver, count) {
  const messages = [];
  while (messages.length < count) {
    const more = await receiver.receiveMessages(count - messages.length, { maxWaitTimeInMs: 10_000 });
    if (more.length === 0) {
      throw new Error(`Only ${messages.length} of ${count} messages came.`);
    }
    messages.push(...more);
  }
  return messages;
}

/** Receives one message. */
export async function receiveOne(receiver) {
  const [message] = await receiveAll(receiver, 1);
  return message;
}

/** That nothing comes any more. */
export async function isEmpty(receiver) {
  const messages = await receiver.receiveMessages(1, { maxWaitTimeInMs: 500 });
  return messages.length === 0;
}

/** The error that a promise fails with. */
export async function errorOf(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("It should have failed.");
}

/** Messages with bodies and ids 0, 1, 2 and so on. */
export function numbered(count) {
  return Array.from({ length: count }, (_, i) => ({ body: i, messageId: `${i}` }));
}
