package io.backhaul.provider;

import java.util.Locale;

/** What can be behind a setback, and who can mend it. */
public enum Trouble {
    UNKNOWN_KEY(Actor.OPERATOR),
    WRONG_SECRET(Actor.OPERATOR),
    WRONG_TOKEN(Actor.OPERATOR),
    WRONG_LOGIN(Actor.OPERATOR),
    LOCKED(Actor.OPERATOR),
    CREDENTIALS_REFUSED(Actor.OPERATOR),
    WRONG_PROJECT(Actor.OPERATOR),
    WRONG_REGION(Actor.OPERATOR),
    WRONG_NETWORK(Actor.OPERATOR),
    NO_PERMISSION(Actor.CLOUD_ADMINISTRATOR),
    CLOCK(Actor.HOST_ADMINISTRATOR),
    UNKNOWN_HOST(Actor.OPERATOR),
    UNREACHABLE(Actor.NETWORK_TEAM),
    UNTRUSTED(Actor.HOST_ADMINISTRATOR),
    NO_TLS(Actor.OPERATOR),
    NOT_THE_API(Actor.OPERATOR),
    NOT_ACCEPTED(Actor.OPERATOR),
    NO_INSTANCES(Actor.OPERATOR),
    INSTANCES_MISSING(Actor.OPERATOR),
    NO_USABLE_ANSWER(Actor.NOBODY),
    THROTTLED(Actor.NOBODY),
    BUSY(Actor.NOBODY),
    GONE(Actor.NOBODY);

    /** Who acts. */
    public enum Actor {
        /** Whoever writes the configuration. */
        OPERATOR,
        /** Whoever grants permissions in the provider's console. */
        CLOUD_ADMINISTRATOR,
        /** Whoever opens ways through firewalls and proxies. */
        NETWORK_TEAM,
        /** Whoever has root on this machine. */
        HOST_ADMINISTRATOR,
        /** It passes by itself, or cannot be mended. */
        NOBODY;

        /** For people: {@code cloud administrator}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private final Actor who;

    Trouble(Actor who) {
        this.who = who;
    }

    public Actor who() {
        return who;
    }

    /** For programs: {@code wrong-secret}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
