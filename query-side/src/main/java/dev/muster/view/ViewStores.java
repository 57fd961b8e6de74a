package dev.muster.view;

/** Makes the stores of views: all in the database, or all in memory. */
public interface ViewStores {

    /**
     * The store of the views of that definition; asked twice, the same one.
     *
     * @throws IllegalStateException if another definition has that name
     */
    <V> ViewStore<V> open(ViewDefinition<V> definition);
}
