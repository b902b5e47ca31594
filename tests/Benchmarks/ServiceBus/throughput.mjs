// SERVICEBUS_CONNECTION_STRING=... node throughput.mjs [queue] [messages]
// Sends in batches of 500, then receives 500 at a time and completes them one by one with all of them in flight.
// Prints the rate of every tenth, so that a slowdown shows.
import { ServiceBusClient } from "@azure/service-bus";

const connectionString = process.env.SERVICEBUS_CONNECTION_STRING;
const queue = process.argv[2] ?? "q";
const total = Number(process.argv[3] ?? 20_000);
const batchSize = 500;
const body = "x".repeat(200);
let lastId = 0;

const client = new ServiceBusClient(connectionString);
const sender = client.createSender(queue);
const receiver = client.createReceiver(queue);

await measure("sent in batches", async () => {
  const batch = await sender.createMessageBatch();
  for (let i = 0; i < batchSize; i++) {
    // Every id is new: the queue may look for duplicates.
    batch.tryAddMessage({ body, messageId: `m-${process.pid}-${++lastId}` });
  }
  await sender.sendMessages(batch);
  return batchSize;
});

await measure("received and completed", async () => {
  const messages = await receiver.receiveMessages(batchSize, { maxWaitTimeInMs: 10_000 });
  if (messages.length === 0) {
    throw new Error("The queue was empty before all messages had come.");
  }
  await Promise.all(messages.map((message) => receiver.completeMessage(message)));
  return messages.length;
});

await client.close();

async function measure(what, step) {
  const start = performance.now();
  const tenths = [];
  let done = 0;
  let tenthStart = start;
  while (done < total) {
    done += await step();
    if (done >= ((tenths.length + 1) * total) / 10) {
      const now = performance.now();
      tenths.push(rate(total / 10, now - tenthStart));
      tenthStart = now;
    }
  }
  console.log(`${what}: ${rate(done, performance.now() - start)}/s, by tenths ${tenths.join(" ")}`);
}

function rate(messages, milliseconds) {
  return Math.round((messages * 1000) / milliseconds);
}
