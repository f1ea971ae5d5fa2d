package io.backhaul.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in the tree a reader stands, and where it puts the faults it sees there.
 *
 * @param path such as {@code sources[0].schedule}; empty at the root
 * @param fallback the default of the key here, for fault texts; empty without one
 * @param faults shared by the whole reading
 */
record Place(String path, String fallback, References references, List<Fault> faults) {
    static Place root(References references, List<Fault> faults) {
        return new Place("", "", references, faults);
    }

    Place key(String name) {
        var shown = Text.oneLine(name);
        return new Place(path.isEmpty() ? shown : path + "." + shown, "", references, faults);
    }

    Place item(int index) {
        return new Place(path + "[" + index + "]", "", references, faults);
    }

    Place withFallback(String text) {
        return new Place(path, text, references, faults);
    }

    /** The same place for a look ahead: what is wrong here will be said when it is read for good. */
    Place quietly() {
        return new Place(path, fallback, references, new ArrayList<>());
    }

    void fault(String text) {
        faults.add(new Fault(path, text));
    }
}
