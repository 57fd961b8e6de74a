package dev.muster.importer.xes;

import dev.muster.importer.ImportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log in XES, plain or compressed with gzip, from its beginning to its end; it keeps one case in memory. What the
 * log says of all its events ({@code global}) is not taken for what an event says. Nothing outside of the file is read.
 */
final class XesReader {

    private static final int MAX_TEXT = 65_536;

    /** Who is handed what is read. */
    interface Traces {

        void trace(XesTrace trace);

        /** An event that belongs to no case. */
        void stray(String source);
    }

    private final String file;
    private final XMLStreamReader xml;
    private final Traces traces;

    private XesReader(Path file, InputStream in, Traces traces) throws XMLStreamException {
        this.file = String.valueOf(file.getFileName());
        this.xml = factory().createXMLStreamReader(in);
        this.traces = traces;
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // The JDK counts each &amp; against bounds meant for declared entities, of which there are none here.
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.entityExpansionLimit", "0");
        return factory;
    }

    /**
     * Hands over each case as soon as it is read.
     *
     * @param progress is told how many bytes of the file are read
     * @throws ImportException if the file can't be read or is no log
     */
    static void read(Path file, Traces traces, LongConsumer progress) {
        try (var bytes = new CountedStream(Files.newInputStream(file), progress);
                var in = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
            new XesReader(file, in, traces).log();
        } catch (IOException e) {
            throw new ImportException("The file " + file + " can't be read: " + e + ". Nothing was imported.");
        } catch (XMLStreamException e) {
            throw notXes(file.getFileName() + place(e), reason(e));
        }
    }

    /** Without the position, which stands before it, and without its full stop. */
    private static String reason(XMLStreamException e) {
        return String.valueOf(e.getMessage())
                .replaceAll("\\s+", " ")
                .replaceFirst("^ParseError at .* Message: ", "")
                .replaceFirst("[. ]+$", "");
    }

    private static String place(XMLStreamException e) {
        return e.getLocation() == null ? "" : ":" + e.getLocation().getLineNumber();
    }

    private static ImportException notXes(String source, String why) {
        return new ImportException(source + " is not XES: " + why + ". Nothing was imported.");
    }

    private void log() throws XMLStreamException {
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            if (xml.getEventType() == XMLStreamConstants.DTD) {
                throw notXes(source(), "it has a DTD, and those are not read");
            }
        }
        if (!xml.getLocalName().equals("log")) {
            throw notXes(source(), "it begins with <" + xml.getLocalName() + "> and not with <log>");
        }
        while (nextChild()) {
            switch (xml.getLocalName()) {
                case "trace" -> trace();
                case "event" -> {
                    traces.stray(source());
                    skip();
                }
                default -> skip();
            }
        }
        while (xml.hasNext()) {
            // What follows the log must be well-formed as well.
            xml.next();
        }
    }

    private void trace() throws XMLStreamException {
        var source = source();
        String name = null;
        var events = new ArrayList<XesEvent>();
        var more = 0L;
        while (nextChild()) {
            if (xml.getLocalName().equals("event")) {
                var event = event();
                if (events.size() < XesTrace.MAX_EVENTS) {
                    events.add(event);
                } else {
                    more++;
                }
            } else {
                name = "concept:name".equals(xml.getAttributeValue(null, "key")) ? value() : name;
                skip();
            }
        }
        traces.trace(new XesTrace(source, name, events, more));
    }

    private XesEvent event() throws XMLStreamException {
        var source = source();
        Map<String, String> values = new HashMap<>();
        while (nextChild()) {
            var key = xml.getAttributeValue(null, "key");
            var value = value();
            if (key != null && value != null) {
                values.putIfAbsent(key, value);
            }
            skip();
        }
        return new XesEvent(
                source,
                XesTime.parse(values.get("time:timestamp")),
                values.get("concept:name"),
                values.get("concept:instance"),
                values.get("lifecycle:transition"),
                values.get("org:resource"));
    }

    private @Nullable String value() {
        var value = xml.getAttributeValue(null, "value");
        if (value == null || value.isBlank()) {
            return null;
        }
        return value.length() <= MAX_TEXT ? value : value.substring(0, MAX_TEXT);
    }

    // ---- the structure

    /** Goes on to the next element within this one; at its end there is none. */
    private boolean nextChild() throws XMLStreamException {
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return false;
                }
                default -> {
                    // Text and comments say nothing.
                }
            }
        }
    }

    /** Goes on to the end of this element, whatever is in it. */
    private void skip() throws XMLStreamException {
        for (var depth = 1; depth > 0; ) {
            depth += nextChild() ? 1 : -1;
        }
    }

    private String source() {
        return file + ":" + xml.getLocation().getLineNumber();
    }
}
