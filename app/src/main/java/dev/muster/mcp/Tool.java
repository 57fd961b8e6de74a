package dev.muster.mcp;

import dev.muster.http.RequestContext;
import tools.jackson.databind.node.ObjectNode;

/** Something that an agent can do or ask. */
interface Tool {

    String name();

    /** As it stands in the list of tools. */
    ObjectNode description();

    /**
     * Does it.
     *
     * @param arguments may be changed
     * @return what came of it
     * @throws RuntimeException if it was refused or went wrong
     */
    ObjectNode call(ObjectNode arguments, RequestContext caller) throws InterruptedException;
}
