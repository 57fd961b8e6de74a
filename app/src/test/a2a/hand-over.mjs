// @a2a-js/sdk: reads the card, hands over work, is cut off, goes on from there, answers a question, and has the result.
import assert from "node:assert/strict";
import { SendMessageRequest, taskStateToJSON } from "@a2a-js/sdk";
import { ClientFactory, ClientFactoryOptions, DefaultAgentCardResolver, JsonRpcTransportFactory } from "@a2a-js/sdk/client";

const POSITION = "urn:muster:a2a:position:v1";
const url = process.env.MUSTER_URL;
const headers = JSON.parse(process.env.MUSTER_HEADERS);
const fetchImpl = (to, init = {}) => fetch(to, { ...init, headers: { ...init.headers, ...headers } });

// The card is read without any token.
const card = await new DefaultAgentCardResolver().resolve(url);
assert.equal(card.name, "Muster");
assert.equal(card.supportedInterfaces[0].protocolVersion, "1.0");
assert.ok(card.capabilities.streaming);
assert.ok(card.capabilities.extensions.some((extension) => extension.uri === POSITION));
const factory = new ClientFactory(
  ClientFactoryOptions.createFrom(ClientFactoryOptions.default, {
    transports: [new JsonRpcTransportFactory({ fetchImpl })],
  }),
);
const client = await factory.createFromAgentCard(card);

function message(messageId, text, more = {}) {
  return SendMessageRequest.fromJSON({
    message: { messageId, role: "ROLE_USER", parts: [{ text }], ...more },
    configuration: { returnImmediately: true },
  });
}

const wait = () => new Promise((resolve) => setTimeout(resolve, 50));
const states = (task) => taskStateToJSON(task.status.state);

// Is cut off behind the first thing that is told.
let task;
for await (const event of client.sendMessageStream(message("from-node", "Find a name"))) {
  assert.equal(event.payload.$case, "task");
  task = event.payload.value;
  break;
}
const position = task.metadata[POSITION];
assert.ok(position);

// What happens meanwhile is not lost: it is worked on as soon as there is a comment.
let now = await client.sendMessage(message("begin-from-node", "You may begin", { taskId: task.id }));
assert.equal(states(now), "TASK_STATE_SUBMITTED");
for (let i = 0; states(now) !== "TASK_STATE_INPUT_REQUIRED"; i++) {
  assert.ok(i < 400, `the task is worked on, but is ${states(now)}`);
  await wait();
  now = await client.getTask({ tenant: "", id: task.id });
}
assert.equal(now.status.message.parts[0].content.value, "For whom?");

const told = [];
let answered = false;
const request = { tenant: "", id: task.id };
for await (const event of client.resubscribeTask(request, { serviceParameters: { "Last-Event-ID": position } })) {
  const { $case, value } = event.payload;
  if ($case === "task") {
    assert.equal(value.metadata[POSITION], position, "it begins as it was when it was cut off");
    continue;
  }
  told.push($case === "artifactUpdate" ? value.artifact.artifactId : taskStateToJSON(value.status.state));
  if (!answered && told.at(-1) === "TASK_STATE_INPUT_REQUIRED") {
    answered = true;
    const sent = await client.sendMessage(message("answer-from-node", "A dog", { taskId: task.id }));
    assert.equal(states(sent), "TASK_STATE_WORKING");
  }
}
assert.deepEqual(told, [
  "TASK_STATE_SUBMITTED",
  "TASK_STATE_WORKING",
  "TASK_STATE_INPUT_REQUIRED",
  "TASK_STATE_WORKING",
  "result",
  "TASK_STATE_COMPLETED",
]);

const done = await client.getTask(request);
assert.equal(states(done), "TASK_STATE_COMPLETED");
assert.deepEqual(done.artifacts[0].parts[0].content.value, { name: "Rex", for: "A dog" });
assert.deepEqual(done.history.map((said) => said.messageId).filter((id) => id.endsWith("from-node")), [
  "from-node",
  "begin-from-node",
  "answer-from-node",
]);

// The same message again is the same task; and what can't be done is told by its name.
const again = await client.sendMessage(message("from-node", "Find a name"));
assert.equal(again.id, task.id);
await assert.rejects(client.cancelTask({ tenant: "", id: task.id, metadata: undefined }), { reason: "TASK_NOT_CANCELABLE" });
await assert.rejects(client.getTask({ tenant: "", id: "nowhere" }), { reason: "TASK_NOT_FOUND" });
console.log("handed over");
