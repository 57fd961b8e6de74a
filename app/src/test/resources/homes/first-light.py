#!/usr/bin/env python3
"""Makes first-light.tar.gz and first-light-answers.json: see README.md. Needs a muster.jar of that version.

    ./first-light.py MUSTER_JAR FOLDER
"""
import atexit
import json
import pathlib
import socket
import subprocess
import sys
import tarfile
import time
import urllib.error
import urllib.parse
import urllib.request

JAR, HOME = sys.argv[1], pathlib.Path(sys.argv[2])
HERE = pathlib.Path(__file__).parent
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    URL = "http://127.0.0.1:%d" % free.getsockname()[1]
ANSWERS, TOLD = {}, {}


def ask(path, body=None, actor=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data, {"Content-Type": "application/json", **(headers or {})})
    if actor:
        request.add_header("Muster-Actor", actor)
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        sys.exit("%s %s: %s" % (path, body, refusal.read().decode()))


def do(name, actor="operator:kim", key=None, why=None, **fields):
    headers = {"Idempotency-Key": key} if key else {}
    if why:
        headers["Muster-Reason"] = why
    return ask("/api/commands/" + name, fields, actor, headers)


def query(name, **fields):
    return ask("/api/queries/%s?%s" % (name, urllib.parse.urlencode(fields)))


def until(name, wanted, **fields):
    for _ in range(600):
        if wanted(query(name, **fields)):
            return
        time.sleep(0.05)
    sys.exit("%s %s did not become as wanted" % (name, fields))


def serve(*properties):
    server = subprocess.Popen(["java", "-jar", JAR, "--server.port=" + URL.rsplit(":", 1)[1], "--muster.home=%s" % HOME,
                               "--muster.task.supervision-interval=PT0.1S", *properties], stdout=subprocess.DEVNULL)
    atexit.register(server.kill)
    for _ in range(600):
        try:
            urllib.request.urlopen(URL + "/actuator/health").close()
            return server
        except OSError:
            time.sleep(0.1)
    sys.exit("The server did not start")


def stop(server):
    server.terminate()
    server.wait()


def claim(task, agent, name="claim-task"):
    return do(name, agent, taskId=task)["result"]["fencingToken"]


def log():
    events, after = [], -1
    while after is not None:
        page = ask("/api/events?limit=500&after=%d" % after)
        events += page["items"]
        after = page.get("next")
    return events


def questions(events):
    for entity in sorted({event["subject"] for event in events}):
        kind, name = entity.split("/", 1)
        yield "get-%s?%s" % (kind, urllib.parse.urlencode({kind + "Id": name}))
        yield "get-history?" + urllib.parse.urlencode({"entity": entity, "limit": 500})
    yield from ("find-agents?limit=500", "find-agents?state=suspended", "find-agents?capability=java",
                "find-tasks?limit=500", "find-tasks?ready=true", "find-tasks?stalled=true", "find-tasks?state=working",
                "find-tasks?label=urgent", "find-tasks?agentId=ada", "count-tasks", "count-tasks?ready=true",
                "find-missions?limit=500", "find-missions?state=completed")


def record():
    """Every answer while the log ends here; what has not changed since the last time is not written again."""
    while True:
        before = log()
        position = before[-1]["position"]
        for _ in range(100):
            if ask("/actuator/health")["components"]["views"]["details"]["position"] >= position:
                break
            time.sleep(0.05)
        answers = {question: ask("/api/queries/" + question) for question in questions(before)}
        if len(log()) == len(before):
            break
    ANSWERS[position] = {q: a for q, a in answers.items() if TOLD.get(q) != a}
    TOLD.update(answers)


# A short lease: one agent dies holding a task.
server = serve("--muster.task.lease=PT1S")
do("register-agent", "ada", displayName="Ada", capabilities=["java", "sql"], maxConcurrentTasks=2)
do("register-agent", "ben", capabilities=["java"])
do("register-agent", "eve", displayName="Eve", maxConcurrentTasks=1)
do("submit-task", taskId="left-behind", title="Nobody heard of it again", retry={"maxAttempts": 2, "backoff": "PT0.1S"})
claim("left-behind", "eve")
until("get-task", lambda task: task["attempt"] == 2 and task["ready"], taskId="left-behind")
record()
stop(server)

server = serve()
do("submit-task", taskId="build", title="Build the parser", instruction="LL(1) will do", priority=1, capabilities=["java"],
   labels=["urgent"], input={"grammar": "expr"}, key="submit-build")
do("submit-task", taskId="release", title="Release it", blockers=[{"taskId": "build"}], parentId="build")
do("comment-on-task", "ben", taskId="build", text="The old one is in the attic")
do("label-task", taskId="build", add=["parser"], remove=["urgent"])
do("revise-task", taskId="build", title="Build the parser anew", clear=["instruction"], why="no hurry")
token = claim("build", "ada")
do("report-progress", "ada", taskId="build", fencingToken=token, percent=0, note="reading")
do("report-progress", "ada", taskId="build", fencingToken=token, percent=40, note="The grammar is done",
   artifacts=[{"name": "grammar", "uri": "file:grammar.txt"}], usage={"inputTokens": 1200, "outputTokens": 300, "costMicros": 4100})
record()
do("suspend-task", "ada", taskId="build", fencingToken=token, reason="lunch")
do("resume-task", "ada", taskId="build", fencingToken=token)
do("request-input", "ada", taskId="build", fencingToken=token, question="Left or right recursive?")
record()
do("provide-input", taskId="build", input={"recursion": "left"})
do("report-progress", "ada", taskId="build", fencingToken=token, note="no percent this time")
do("fail-task", "ada", taskId="build", fencingToken=token, error="It loops", usage={"inputTokens": 2000, "outputTokens": 500, "costMicros": 7000})
until("get-task", lambda task: task["ready"], taskId="build")
token = do("claim-next-task", "ada", key="next")["result"]["fencingToken"]
do("report-progress", "ada", taskId="build", fencingToken=token, percent=100)
do("complete-task", "ada", taskId="build", fencingToken=token, result={"commit": "4f1c2d"})
until("get-task", lambda task: task["ready"], taskId="release")
record()
do("change-limit", agentId="ada", maxConcurrentTasks=1)
do("change-limit", agentId="eve")
do("change-capabilities", agentId="ben", capabilities=["java", "go"])
do("suspend-agent", agentId="eve", reason="off duty")
do("register-agent", "joe", displayName="Joe", capabilities=["go"], maxConcurrentTasks=3, key="join")
do("register-agent", "sam", maxConcurrentTasks=1)
do("submit-task", taskId="a/b", title="With a slash, declined and given back")
do("assign-task", taskId="a/b", agentId="ben")
do("decline-task", "ben", taskId="a/b", fencingToken=1, reason="not mine")
claim("a/b", "joe")
do("release-task", taskId="a/b", reason="somebody else")
do("submit-task", taskId="wrong", title="Should not be done")
do("reject-task", taskId="wrong", reason="out of scope")
do("submit-task", "ben", taskId="unwanted", title="Wanted no more", blockers=[{"taskId": "a/b"}])
do("cancel-task", "ben", taskId="unwanted")
do("submit-task", taskId="once", title="One attempt only", retry={"maxAttempts": 1})
do("fail-task", "ada", taskId="once", fencingToken=claim("once", "ada"), error="It broke", retryable=False)
do("add-blocker", taskId="release", blockerId="once")
record()
do("reopen-task", taskId="once", reason="the tool was mended", deadline="2099-01-01T00:00:00Z")
do("remove-blocker", taskId="release", blockerId="once")
do("assign-task", taskId="once", agentId="joe")
do("start-task", "joe", taskId="once", fencingToken=2)
do("report-progress", "joe", taskId="once", fencingToken=2, percent=7, note="again",
   usage={"inputTokens": 10, "outputTokens": 1, "costMicros": 3})
claim("release", "sam")
do("report-progress", "sam", taskId="release", fencingToken=1, percent=99)
do("comment-on-task", "sam", taskId="release", text="Nearly there", key="nearly")
record()
undo = {"title": "Take it back"}
do("plan-mission", missionId="launch", title="Launch", budget={"tokens": 100000}, steps=[
    {"stepId": "design", "title": "Design"},
    {"stepId": "make", "title": "Make", "dependsOn": ["design"], "capabilities": ["java"]}])
do("plan-mission", missionId="party", title="Party", steps=[
    {"stepId": "book", "title": "Book the room", "compensation": undo},
    {"stepId": "invite", "title": "Invite", "dependsOn": ["book"], "retry": {"maxAttempts": 1}}])
do("start-mission", missionId="launch")
do("start-mission", missionId="party")


def work(task, agent, **end):
    until("find-tasks", lambda page: any(item["taskId"] == task for item in page["items"]), ready="true")
    token = claim(task, agent)
    do("report-progress", agent, taskId=task, fencingToken=token, percent=50, note="half of it",
       usage={"inputTokens": 100, "outputTokens": 20, "costMicros": 50})
    do("fail-task" if "error" in end else "complete-task", agent, taskId=task, fencingToken=token,
       usage={"inputTokens": 200, "outputTokens": 40, "costMicros": 90}, **end)


work("launch/design", "ada", result={"colour": "blue"})
work("party/book", "ben", result={"room": 12})
record()
work("launch/make", "ben", result="made")
work("party/invite", "ada", error="Nobody is at home")
work("party/book/undo", "ada", result="given back")
until("get-mission", lambda mission: mission["state"] == "completed", missionId="launch")
until("get-mission", lambda mission: mission["state"] == "failed", missionId="party")
do("retire-agent", agentId="sam", reason="moved on")
until("get-task", lambda task: task["state"] == "submitted", taskId="release")
do("resume-agent", agentId="eve")
record()
events = log()
stop(server)

with tarfile.open(HERE / "first-light.tar.gz", "w:gz") as home:
    for file in sorted(HOME.rglob("*")):
        if file.is_file() and not file.name.startswith("LOG") and file.name not in ("LOCK", "process.lock"):
            home.add(file, file.relative_to(HOME))
lines = ["{", '"answers": {']
for at, answers in ANSWERS.items():
    lines.append('"%d": {' % at)
    lines += [json.dumps(q) + ": " + json.dumps(a) + "," for q, a in answers.items()]
    lines[-1] = lines[-1][:-1]
    lines.append("},")
lines[-1] = "}},"
lines.append('"events": [')
lines.append(",\n".join(json.dumps(event) for event in events))
lines.append("]}")
(HERE / "first-light-answers.json").write_text("\n".join(lines) + "\n")
