package dev.muster.index;

/** The places of events that have something in common, in their order: the first one in a key, how far each further one is behind. */
final class Listing {

    /** So that what is behind a place is found without reading much that is before it. */
    private static final int MOST = 500;

    private final Place first;
    private final ByteWriter further = new ByteWriter();
    private long last;
    private int size = 1;

    Listing(Place first) {
        this.first = first;
        this.last = first.position();
    }

    Place first() {
        return first;
    }

    boolean isFull() {
        return size == MOST;
    }

    /** Adds a place behind all others. */
    void add(Place place) {
        var onlyPart = place.part() == 1;
        further.number(2 * (place.position() - last) + (onlyPart ? 0 : 1));
        if (!onlyPart) {
            further.number(place.part());
        }
        last = place.position();
        size++;
    }

    byte[] further() {
        return further.toBytes();
    }

    /** Reads the next of the further places. */
    static Place next(Place before, ByteReader further) {
        var step = further.number();
        return new Place(before.position() + step / 2, step % 2 == 0 ? 1 : (int) further.number());
    }
}
