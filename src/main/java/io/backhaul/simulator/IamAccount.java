package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The users, tokens and projects that IAM knows. Any thread may change it while the cloud runs. */
public final class IamAccount {
    /** Real tokens have several KB; clients must take 16 and more (contract 3.1). */
    private static final int TOKEN_LENGTH = 18_000;

    private static final Duration LIFE = Duration.ofHours(24);

    private final Clock clock;
    private final Map<String, User> users = new HashMap<>();
    private final Map<String, Instant> tokens = new HashMap<>();
    private final List<Project> projects = new ArrayList<>();
    private Duration life = LIFE;

    /** Whether a token may enter. */
    enum Standing {
        GOOD,
        ENDED,
        UNKNOWN
    }

    record User(String name, String password, String domain, KeyLock lock) {}

    record Project(String id, String name) {}

    record Token(String text, Instant issuedAt, Instant expiresAt) {}

    IamAccount(Clock clock, CloudSettings settings) {
        this.clock = clock;
        projects.add(new Project(settings.projectId(), settings.region()));
    }

    /** Adds a user, or gives one another password and a clean record. */
    public synchronized void addUser(String name, String password, String domain) {
        users.put(domain + "/" + name, new User(name, password, domain, new KeyLock(clock)));
    }

    /** Adds a project next to the cloud's own, which is called like its region. */
    public synchronized void addProject(String id, String name) {
        projects.add(new Project(id, name));
    }

    /** How long tokens live that are given out from now on: a day unless told. */
    public synchronized void letTokensLive(Duration other) {
        life = other;
    }

    /** Ends every token before its time, as a changed permission does. */
    public synchronized void endTokens() {
        tokens.replaceAll((token, expires) -> Instant.EPOCH);
    }

    synchronized @Nullable User user(String domain, String name) {
        return users.get(domain + "/" + name);
    }

    synchronized List<Project> projects(String name) {
        return projects.stream()
                .filter(project -> name.isEmpty() || project.name.equals(name))
                .toList();
    }

    synchronized Token issue() {
        var seed = Digests.sha256(("token " + tokens.size()).getBytes(UTF_8));
        var text = "MII" + seed.repeat(TOKEN_LENGTH / seed.length()) + "==";
        var now = clock.instant();
        tokens.put(text, now.plus(life));
        return new Token(text, now, now.plus(life));
    }

    synchronized Standing standing(String token) {
        var expires = tokens.get(token);
        if (expires == null) {
            return Standing.UNKNOWN;
        }
        return clock.instant().isBefore(expires) ? Standing.GOOD : Standing.ENDED;
    }
}
