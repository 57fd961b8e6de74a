// @modelcontextprotocol/sdk, which speaks 2025-11-25.
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ResourceUpdatedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { awaited, headers, uri, url, work } from "./work.mjs";

const client = new Client({ name: "muster-test", version: "1.0.0" });
const update = awaited("an update of the resource");
client.setNotificationHandler(ResourceUpdatedNotificationSchema, (notice) => update.tell(notice.params.uri));
const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
await client.connect(transport);
assert.equal(transport.protocolVersion, "2025-11-25");
assert.equal(client.getServerVersion().name, "muster");
await client.ping();
await client.subscribeResource({ uri });
await work(client, update.told);
await client.unsubscribeResource({ uri });
await transport.terminateSession();
await client.close();
console.log("worked 2025-11-25");
