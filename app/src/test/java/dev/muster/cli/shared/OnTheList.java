package dev.muster.cli.shared;

/** A class that says when something of it runs. */
final class OnTheList {

    static {
        System.setProperty("dev.muster.OnTheList.ran", "true");
    }

    private OnTheList() {}
}
