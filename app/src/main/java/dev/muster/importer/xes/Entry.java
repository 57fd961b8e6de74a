package dev.muster.importer.xes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is put into an order of time: the plans of cases, and their events. */
sealed interface Entry permits CasePlan, CaseEvent {

    /** As it is kept on disk, for the time of an import. */
    default byte[] toBytes() {
        var bytes = new ByteArrayOutputStream(128);
        try (var out = new DataOutputStream(bytes)) {
            if (this instanceof CasePlan plan) {
                out.writeByte(0);
                write(out, plan);
            } else if (this instanceof CaseEvent event) {
                out.writeByte(1);
                write(out, event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Entry of(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return in.readByte() == 0 ? plan(in) : event(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, CasePlan plan) throws IOException {
        out.writeLong(plan.number());
        text(out, plan.mission());
        text(out, plan.name());
        text(out, plan.planner());
        out.writeInt(plan.steps().size());
        for (var step : plan.steps()) {
            text(out, step.stepId());
            text(out, step.activity());
            numbers(out, step.dependsOn());
            out.writeBoolean(step.submitted());
        }
        out.writeInt(plan.events());
        text(out, plan.source());
    }

    private static CasePlan plan(DataInputStream in) throws IOException {
        var number = in.readLong();
        var mission = required(in);
        var name = required(in);
        var planner = text(in);
        var count = in.readInt();
        var steps = new ArrayList<CasePlan.PlannedStep>(count);
        for (var i = 0; i < count; i++) {
            steps.add(new CasePlan.PlannedStep(required(in), required(in), numbers(in), in.readBoolean()));
        }
        return new CasePlan(number, mission, name, planner, steps, in.readInt(), required(in));
    }

    private static void write(DataOutputStream out, CaseEvent event) throws IOException {
        out.writeLong(event.number());
        out.writeInt(event.step());
        text(out, event.lifecycle());
        text(out, event.resource());
        numbers(out, event.left());
        out.writeBoolean(event.stops());
        text(out, event.source());
    }

    private static CaseEvent event(DataInputStream in) throws IOException {
        return new CaseEvent(
                in.readLong(), in.readInt(), text(in), text(in), numbers(in), in.readBoolean(), required(in));
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
        } else {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        var length = in.readInt();
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String required(DataInputStream in) throws IOException {
        var text = text(in);
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }

    private static void numbers(DataOutputStream out, List<Integer> numbers) throws IOException {
        out.writeInt(numbers.size());
        for (var number : numbers) {
            out.writeInt(number);
        }
    }

    private static List<Integer> numbers(DataInputStream in) throws IOException {
        var count = in.readInt();
        var numbers = new ArrayList<Integer>(count);
        for (var i = 0; i < count; i++) {
            numbers.add(in.readInt());
        }
        return numbers;
    }
}
