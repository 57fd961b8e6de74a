package dev.muster.a2a;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.history.LogOrigin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests of which each value in turn is something else: all are answered, none with a fault inside. */
@Timeout(120)
class HostileTest {

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-7",
            "1e400",
            "99999999999999999999",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"a\\r\\nSet-Cookie: x\"",
            "\"../../tasks\"",
            "\"" + "x".repeat(9_000) + "\"",
            "[]",
            "[null]",
            "[[7]]",
            "{}",
            "{\"a\":null}",
            "{\"@class\":\"java.net.URL\"}");

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;
    private static A2aClient outsider;

    @BeforeAll
    static void start() {
        server = TestServer.start(home, "--muster.query.wait-limit=PT0.05S", "--muster.http.max-body-bytes=20000");
        api = server.api();
        outsider = new A2aClient(api, "outsider");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SendMessage | {'message':{'messageId':'m','contextId':'c','taskId':'','role':'ROLE_USER','parts':["
                        + "{'text':'t'},{'data':{'a':1}},{'url':'u','filename':'f','mediaType':'m'}],"
                        + "'metadata':{'urn:muster:a2a:work:v1':{'capabilities':['c'],'priority':1,'labels':['l'],"
                        + "'deadline':'2999-01-01T00:00:00Z','retry':{'maxAttempts':2,'backoff':'PT1S'}}}},"
                        + "'configuration':{'historyLength':1,'returnImmediately':true},'metadata':{}}",
                "SendMessage | {'message':{'messageId':'p','role':'ROLE_USER','parts':[{'data':{'plan':{'title':'t',"
                        + "'steps':[{'stepId':'a','title':'A','dependsOn':[]}],'budget':{'tokens':5}}}}]},"
                        + "'configuration':{'returnImmediately':true}}",
                "SendStreamingMessage | {'message':{'messageId':'s','taskId':'nowhere','role':'ROLE_AGENT',"
                        + "'parts':[{'text':'t'}]},'metadata':{'urn:muster:a2a:position:v1':'7'}}",
                "GetTask | {'id':'nowhere','historyLength':1}",
                "CancelTask | {'id':'nowhere','metadata':{'a':1}}",
                "SubscribeToTask | {'id':'nowhere','metadata':{'urn:muster:a2a:position:v1':'7'}}",
                "ListTasks | {'contextId':'c','status':'TASK_STATE_WORKING','pageSize':5,'pageToken':'0:','historyLength':1,"
                        + "'statusTimestampAfter':'2026-01-01T00:00:00Z','includeArtifacts':true}"
            })
    void a_value_that_is_something_else_does_no_harm(String method, String params) {
        var valid = HttpApi.JSON.readTree(params.replace('\'', '"'));
        var sent = 0;
        for (var path : paths("", valid).toList()) {
            for (var value : VALUES) {
                var head = server.bean(LogOrigin.class).head();
                var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":"
                        + text(valid, path, value) + "}";

                var answer = outsider.post(body, "A2A-Version", "1.0");

                assertThat(answer.status()).as(body + "\n" + answer.json()).isEqualTo(200);
                assertThat(answer.error()).as(body + "\n" + answer.json()).isNotEqualTo(-32603);
                assertThat(answer.json().toString())
                        .doesNotContain("Exception")
                        .doesNotContain("dev.muster.")
                        .doesNotContain("java.");
                if (answer.error() != 0) {
                    assertThat(since(head)).as(body).doesNotContain("outsider");
                }
                sent++;
            }
        }
        assertThat(sent).isGreaterThanOrEqualTo(2 * VALUES.size());
    }

    /** Who has acted since the log had so many events; sagas may have. */
    private static List<String> since(long head) {
        var events = api.get("/api/events?limit=500&after=" + (head - 1)).body().get("items");
        return events.valueStream().map(event -> event.get("actor").asString()).toList();
    }

    /** Each place in a document, as a JSON pointer. */
    private static Stream<String> paths(String at, JsonNode json) {
        if (json instanceof ObjectNode object) {
            return object.propertyNames().stream()
                    .flatMap(name -> below(at + "/" + name.replace("~", "~0").replace("/", "~1"), object.get(name)));
        }
        if (json instanceof ArrayNode list) {
            var all = new ArrayList<String>();
            for (var i = 0; i < list.size(); i++) {
                below(at + "/" + i, list.get(i)).forEach(all::add);
            }
            return all.stream();
        }
        return Stream.empty();
    }

    private static Stream<String> below(String at, JsonNode json) {
        return Stream.concat(Stream.of(at), paths(at, json));
    }

    /** The document with that text in that place. */
    private static String text(JsonNode valid, String path, String value) {
        var copy = valid.deepCopy();
        var parent = copy.at(path.substring(0, path.lastIndexOf('/')));
        var name = path.substring(path.lastIndexOf('/') + 1);
        if (parent instanceof ObjectNode object) {
            object.put(name, "HERE");
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(name), HttpApi.JSON.valueToTree("HERE"));
        }
        return copy.toString().replace("\"HERE\"", value);
    }

    @Test
    void what_is_too_large_or_too_deep_is_refused() {
        var large = outsider.post(outsider.request("GetTask", Map.of("id", "x".repeat(30_000))), "A2A-Version", "1.0");
        var deep = outsider.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":" + "{\"a\":".repeat(500) + "1"
                        + "}".repeat(501),
                "A2A-Version",
                "1.0");

        assertThat(large.status()).isEqualTo(413);
        assertThat(deep.error()).isEqualTo(-32700);
    }
}
