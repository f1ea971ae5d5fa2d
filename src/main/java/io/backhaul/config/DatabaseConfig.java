package io.backhaul.config;

/** Where the operator's own PostgreSQL is. The URL is a {@code jdbc:postgresql:} one without credentials. */
public record DatabaseConfig(String url, String user, Secret password) {}
