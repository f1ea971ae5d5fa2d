package io.backhaul.config;

/** Which of two links to take, where the provider offers both. */
public enum Network {
    PUBLIC,
    INTERNAL
}
