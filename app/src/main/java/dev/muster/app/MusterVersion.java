package dev.muster.app;

/** Which Muster this is. */
public final class MusterVersion {

    private MusterVersion() {}

    /** As the jar says that it was built as, also in an application of somebody else; 0 where there is no jar. */
    public static String current() {
        var version = MusterVersion.class.getPackage().getImplementationVersion();
        return version == null ? "0" : version;
    }
}
