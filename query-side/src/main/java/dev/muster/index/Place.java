package dev.muster.index;

/**
 * Where a row stands: the position of its event, and which part of it.
 *
 * @param part from 1
 */
record Place(long position, int part) implements Comparable<Place> {

    @Override
    public int compareTo(Place other) {
        var order = Long.compare(position, other.position);
        return order != 0 ? order : Integer.compare(part, other.part);
    }
}
