package io.backhaul.config;

import java.time.Duration;

/** How long links should live, where the provider lets us choose. */
public sealed interface LinkValidity {
    /** Fitted to size and measured rate. */
    record Auto() implements LinkValidity {}

    /** Always this long. */
    record Fixed(Duration duration) implements LinkValidity {}
}
