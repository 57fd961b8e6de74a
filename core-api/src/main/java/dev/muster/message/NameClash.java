package dev.muster.message;

/** Two things of an application that bear one name, by which each would be known. */
public final class NameClash extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String fault;
    private final String remedy;

    /**
     * @param kind what they are, in the plural: {@code messages}
     * @param remedy what to do, a sentence
     */
    public NameClash(String kind, String name, Class<?> one, Class<?> other, String remedy) {
        this("Two " + kind + " are named " + name + ": " + one.getName() + " and " + other.getName() + ".", remedy);
    }

    private NameClash(String fault, String remedy) {
        super(fault + " " + remedy);
        this.fault = fault;
        this.remedy = remedy;
    }

    static NameClash ofMessages(String name, Class<?> one, Class<?> other) {
        return new NameClash("messages", name, one, other, "Rename one, or pin its name with @MessageName.");
    }

    /** What clashes, a sentence. */
    public String fault() {
        return fault;
    }

    /** What to do, a sentence. */
    public String remedy() {
        return remedy;
    }
}
