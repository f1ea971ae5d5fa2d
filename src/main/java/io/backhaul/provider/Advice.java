package io.backhaul.provider;

import io.backhaul.provider.Trouble.Actor;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a setback comes down to, for people: what is wrong, who must act, and how. The one place of that knowledge;
 * {@code check}, {@code status} and the log all say it in these words. No secret and nothing that a provider said is in
 * it.
 *
 * @param what is wrong
 * @param action to be taken, with {@code {}} where the keys stand
 * @param keys of a source's configuration that it is about, such as {@code credentials.secret-key}; empty where none is
 *     at fault
 */
public record Advice(Trouble trouble, String what, String action, List<String> keys) {
    private static final String KEYS = "{}";
    private static final String ENDPOINT = "endpoint";
    private static final String SET_THE_CLOCK =
            "set the clock and keep it set by NTP; providers refuse signatures that are 5 to 15 minutes off";

    /** @throws IllegalArgumentException when there are keys and no place for them, or the other way round */
    public Advice {
        keys = List.copyOf(keys);
        if (action.contains(KEYS) == keys.isEmpty()) {
            throw new IllegalArgumentException("keys do not fit the action: action=" + action + " keys=" + keys);
        }
    }

    private static Advice about(Trouble trouble, String what, String action, String... keys) {
        return new Advice(trouble, what, action, List.of(keys));
    }

    public static Advice unknownKey() {
        return about(
                Trouble.UNKNOWN_KEY,
                "the provider does not know the access key",
                "correct {}; a key that was deleted or disabled has to be made anew in the provider's console",
                "credentials.access-key");
    }

    public static Advice wrongSecret() {
        return about(
                Trouble.WRONG_SECRET,
                "the secret key is not the one of the access key",
                "correct {}",
                "credentials.secret-key");
    }

    public static Advice wrongToken() {
        return about(
                Trouble.WRONG_TOKEN,
                "the session token is missing, wrong or at its end",
                "renew the temporary keys together with {}, or write permanent ones without a token",
                "credentials.session-token");
    }

    public static Advice wrongLogin() {
        return about(
                Trouble.WRONG_LOGIN,
                "user, password and account do not belong together",
                "correct {}; it must be an IAM user with programmatic access, the account itself gets no token",
                "credentials.user",
                "credentials.password",
                "credentials.domain");
    }

    public static Advice locked() {
        return about(
                Trouble.LOCKED,
                "the provider has locked the credential after too many failures",
                "correct {}, and wait five minutes before the next try",
                "credentials");
    }

    /** A refusal of the credential that does not say which part of it is wrong. */
    public static Advice credentialsRefused() {
        return about(
                Trouble.CREDENTIALS_REFUSED,
                "the provider refuses the credential",
                "compare {} with the provider's console",
                "credentials");
    }

    public static Advice wrongProject() {
        return about(
                Trouble.WRONG_PROJECT,
                "the project is not one that the credential can use at this endpoint",
                "correct {}: the project's id as the console shows it for the endpoint's region",
                "project-id");
    }

    public static Advice severalProjects(String region) {
        return about(
                Trouble.WRONG_PROJECT,
                "several projects are called like the region " + region,
                "write {} in place of the region",
                "project-id");
    }

    public static Advice wrongRegion(String region) {
        return about(Trouble.WRONG_REGION, "the provider knows no region " + region + " here", "correct {}", "region");
    }

    /** A region is told by nothing but the endpoint. */
    public static Advice wrongRegionalEndpoint() {
        return about(
                Trouble.WRONG_REGION,
                "the endpoint is not the one of the instances' region",
                "correct {}: there is one for each region; where region is written too, it has to be the same one",
                ENDPOINT);
    }

    /**
     * Links are to be had, on another network.
     *
     * @param network where they are wanted
     * @param other where they are offered
     */
    public static Advice noLinkOn(String network, String other) {
        return about(
                Trouble.WRONG_NETWORK,
                "the provider offers no link on the " + network + " network",
                "write " + other + " as {}, if this machine is on that network",
                "network");
    }

    /**
     * A permission that is missing.
     *
     * @param action of the provider's policy language, or words for it
     */
    public static Advice noPermission(String action) {
        return about(
                Trouble.NO_PERMISSION,
                "the credential is right and may not do this",
                "grant " + action + " to the user of {}",
                "credentials");
    }

    /** The provider does not accept the time that we sign with. */
    public static Advice clock() {
        return about(Trouble.CLOCK, "the provider does not accept the time of this machine's clock", SET_THE_CLOCK);
    }

    /**
     * A clock that is far off, accepted or not.
     *
     * @param offset provider's time minus ours
     */
    public static Advice clock(Duration offset) {
        var direction = offset.isNegative() ? " ahead of" : " behind";
        return about(
                Trouble.CLOCK,
                "this machine's clock is " + spoken(offset.abs()) + direction + " the provider's",
                SET_THE_CLOCK);
    }

    private static String spoken(Duration duration) {
        return duration.toMinutes() < 2
                ? duration.toSeconds() + " s"
                : duration.plusSeconds(30).toMinutes() + " min";
    }

    static Advice unknownHost(String host) {
        return about(
                Trouble.UNKNOWN_HOST,
                "no such host: " + host,
                "correct {}; if the name is right, let the network team make it resolve on this machine",
                ENDPOINT);
    }

    static Advice refusedConnection(String address) {
        return about(
                Trouble.UNREACHABLE,
                "nothing takes connections at " + address,
                "open " + address + " for this machine; if the address is wrong, the operator corrects {}",
                ENDPOINT);
    }

    static Advice noConnection(String address) {
        return about(
                Trouble.UNREACHABLE,
                "no answer from " + address + " in time",
                "open " + address + " for this machine; if the address is wrong, the operator corrects {}",
                ENDPOINT);
    }

    static Advice brokenConnection(String address) {
        return about(
                Trouble.UNREACHABLE,
                "the connection to " + address + " breaks before an answer",
                "find out who cuts it: a proxy or firewall on the way to {}, or the provider",
                ENDPOINT);
    }

    static Advice untrusted(String host) {
        return about(
                Trouble.UNTRUSTED,
                "the certificate of " + host + " is not signed by anybody whom this machine trusts",
                "name the authority's PEM file at tls.ca-file, or add it to the system's authorities, if a proxy or a"
                        + " private cloud is wanted at {}; otherwise somebody else is answering there",
                ENDPOINT);
    }

    static Advice expiredCertificate(String host) {
        return about(
                Trouble.UNTRUSTED,
                "the certificate of " + host + " is not valid at this machine's time",
                "compare the clock with the certificate that is served at {}",
                ENDPOINT);
    }

    static Advice otherHostsCertificate(String host) {
        return about(
                Trouble.UNTRUSTED,
                "the certificate is one for other names than " + host,
                "write the name that the certificate is for as {}, or have the certificate mended",
                ENDPOINT);
    }

    static Advice noTls(String address) {
        return about(
                Trouble.NO_TLS,
                "no TLS comes about with " + address,
                "correct scheme and port of {}; if they are right, let the network team find out who cuts it off",
                ENDPOINT);
    }

    /** Something answers, and it is not the provider's API. */
    public static Advice notTheApi(String host) {
        return about(
                Trouble.NOT_THE_API,
                "what answers at " + host + " is not the provider's API: a web page, a proxy, or another service",
                "correct {}; behind a proxy, let the network team pass the API through",
                ENDPOINT);
    }

    /** A request that the provider takes for wrong. */
    public static Advice notAccepted() {
        return about(
                Trouble.NOT_ACCEPTED,
                "the provider does not accept the request",
                "act on what it says; if that is no help, report it to Backhaul with its request-id");
    }

    /**
     * No instance at all.
     *
     * @param keys that say where instances are looked for
     */
    public static Advice noInstances(List<String> keys) {
        return new Advice(
                Trouble.NO_INSTANCES,
                "the account has no instance here, so nothing would be brought home",
                "correct {}, or make the instance first",
                keys);
    }

    /**
     * Instances that were selected, all of them, and are not there.
     *
     * @param ids as configured
     */
    public static Advice onlyMissingInstances(List<String> ids) {
        return about(
                Trouble.INSTANCES_MISSING,
                "the account has no instance " + String.join(", ", ids) + ", so nothing would be brought home",
                "correct {}",
                "instances");
    }

    /**
     * Some of the instances that were selected, which are not there.
     *
     * @param ids as configured
     */
    public static Advice missingInstances(List<String> ids) {
        return about(
                Trouble.INSTANCES_MISSING,
                "the account has no instance " + String.join(", ", ids),
                "correct {}; the other instances are brought home all the same",
                "instances");
    }

    public static Advice noUsableAnswer() {
        return about(
                Trouble.NO_USABLE_ANSWER,
                "the provider gave no usable answer",
                "it is asked again by itself; if it stays, ask the provider's support");
    }

    static Advice throttled() {
        return about(Trouble.THROTTLED, "the provider wants us to ask less often", "it is asked again later by itself");
    }

    static Advice busy() {
        return about(Trouble.BUSY, "the provider is at work on it", "it is asked again later by itself");
    }

    static Advice gone() {
        return about(Trouble.GONE, "the provider no longer has it", "nothing can be done");
    }

    /** The same about another key, where it is about that one. */
    public Advice withKey(String key, String other) {
        return new Advice(
                trouble,
                what,
                action,
                keys.stream().map(k -> k.equals(key) ? other : k).toList());
    }

    /** The same with the keys' place before each: {@code sources[0].}. */
    public Advice at(String place) {
        return new Advice(
                trouble, what, action, keys.stream().map(k -> place + k).toList());
    }

    /** What to do, keys and all. */
    public String how() {
        return action.replace(KEYS, spoken(keys));
    }

    private static String spoken(List<String> keys) {
        return keys.size() < 3
                ? String.join(" or ", keys)
                : keys.subList(0, keys.size() - 1).stream().collect(Collectors.joining(", ", "", " or "))
                        + keys.getLast();
    }

    /** What is wrong, who must act, and how. */
    @Override
    public String toString() {
        return trouble.who() == Actor.NOBODY
                ? what + "; " + how()
                : what + "; " + trouble.who().word() + ": " + how();
    }
}
