package io.backhaul.simulator;

import java.util.List;
import java.util.Optional;

/** What a call asks, out of whatever form it came in. */
interface Question {
    Optional<String> text(String name);

    /** All of a list's values, as texts. */
    List<String> texts(String name);
}
