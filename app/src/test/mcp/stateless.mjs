// @modelcontextprotocol/client, which speaks 2026-07-28.
import assert from "node:assert/strict";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { awaited, headers, uri, url, work } from "./work.mjs";

const client = new Client(
  { name: "muster-test", version: "1.0.0" },
  { versionNegotiation: { mode: { pin: "2026-07-28" } } },
);
const update = awaited("an update of the resource");
client.setNotificationHandler("notifications/resources/updated", (notice) => update.tell(notice.params.uri));
await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
assert.equal(client.getNegotiatedProtocolVersion(), "2026-07-28");
const subscription = await client.listen({ resourceSubscriptions: [uri, "muster://task/nowhere"] });
assert.deepEqual(subscription.honoredFilter.resourceSubscriptions, [uri]);
await work(client, update.told);
await subscription.close();
await client.close();
console.log("worked 2026-07-28");
