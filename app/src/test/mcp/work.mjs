// What both SDKs do with a server: the same steps, since their clients have the same methods.
import assert from "node:assert/strict";

export const url = new URL(process.env.MUSTER_URL);
export const headers = JSON.parse(process.env.MUSTER_HEADERS);
export const task = process.env.MUSTER_TASK;
export const uri = `muster://task/${task}`;

/** Resolves with what it is handed, or fails after 20 s. */
export function awaited(what) {
  let tell;
  const told = new Promise((resolve, reject) => {
    tell = resolve;
    setTimeout(() => reject(new Error(`${what} did not come`)), 20_000).unref();
  });
  return { tell, told };
}

export async function call(client, name, args) {
  return client.callTool({ name, arguments: args });
}

/** Lists, works the task from claim to completion, is refused, and reads it; `update` comes after the claim. */
export async function work(client, update) {
  const { tools } = await client.listTools();
  const names = tools.map((tool) => tool.name);
  for (const name of ["claim_task", "claim_next_task", "complete_task", "get_task", "find_tasks"]) {
    assert.ok(names.includes(name), `${name} is a tool`);
  }
  assert.ok(!names.includes("assign_task"), "what only operators may do is no tool");

  const templates = (await client.listResourceTemplates()).resourceTemplates.map((each) => each.uriTemplate);
  assert.ok(templates.includes("muster://task/{+taskId}"));
  const listed = (await client.listResources()).resources.map((each) => each.uri);
  assert.ok(listed.length > 0);
  const prompts = (await client.listPrompts()).prompts.map((each) => each.name);
  assert.deepEqual(prompts, ["worker", "planner", "reviewer"]);
  const prompt = await client.getPrompt({ name: "worker", arguments: { agentId: "ada" } });
  assert.match(prompt.messages[0].content.text, /fencingToken/);

  const claim = await call(client, "claim_task", { taskId: task });
  assert.equal(claim.isError ?? false, false, JSON.stringify(claim));
  const { fencingToken } = claim.structuredContent.result;
  assert.equal(await update, uri);

  const lost = await call(client, "complete_task", { taskId: task, fencingToken: fencingToken + 1 });
  assert.equal(lost.isError, true);
  assert.equal(lost.structuredContent.type, "urn:muster:problem:task-lease-lost");
  assert.match(lost.content[0].text, /^Refused \(task-lease-lost\): /);
  const unknown = await call(client, "get_task", { taskId: "nowhere" });
  assert.equal(unknown.isError, true);
  const malformed = await call(client, "submit_task", { title: "" });
  assert.equal(malformed.isError, true);

  const done = await call(client, "complete_task", { taskId: task, fencingToken, result: { lines: 7 } });
  assert.equal(done.isError ?? false, false, JSON.stringify(done));
  const seen = await call(client, "get_task", { taskId: task, after: done.structuredContent.seen });
  assert.equal(seen.structuredContent.state, "completed");

  const read = await client.readResource({ uri });
  assert.deepEqual(JSON.parse(read.contents[0].text).result, { lines: 7 });
  await assert.rejects(client.readResource({ uri: "muster://task/nowhere" }), /nowhere/);
}
