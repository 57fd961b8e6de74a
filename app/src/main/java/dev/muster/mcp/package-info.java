/**
 * The MCP edge at {@code /mcp}: commands and queries as tools, entities as resources, and prompts, all made from the message
 * catalog. Two bindings of the protocol stand over one implementation of what it offers: with sessions for the revisions up
 * to 2025-11-25, by the official SDK, and without state for 2026-07-28.
 */
@NullMarked
package dev.muster.mcp;

import org.jspecify.annotations.NullMarked;
