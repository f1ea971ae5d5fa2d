package io.backhaul.provider;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.CheckResult;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One source's cloud, asked three questions: which instances, which backups, links for one. Answers are outcomes, not
 * exceptions; whatever a provider can say or fail to say is a {@link Setback}. Implementations sign, page, limit their
 * rate and keep to the error tables of their contract; they do not wait and do not try again: waiting is a row in the
 * catalog. Safe for use by several threads.
 */
public interface Provider extends AutoCloseable {
    /** The name of the check that says whether every file of a set came. */
    String COMPLETENESS = "completeness";

    /** The instances in the source's scope: all of the account's, or the listed ones. */
    InstancesOutcome instances();

    /** The backups of one instance, every page of them. */
    BackupsOutcome backups(Instance instance);

    /**
     * Links for all files of one backup.
     *
     * @param validity how long they should live, where the provider lets us choose; bounded to what it takes
     */
    LinksOutcome links(InstanceId instance, BackupId backup, Duration validity);

    /**
     * Tells whether asking for links leaves nothing behind at the provider: no export is begun, nothing is charged. Only
     * then are they asked for merely to see whether they are to be had.
     */
    default boolean givesLinksFreely() {
        return false;
    }

    /**
     * What is known of whether these files are all that a backup has, once links were granted for them; empty where the
     * provider's rules say nothing of it.
     *
     * @param names as the provider gave them
     */
    default Optional<CheckResult> completeness(List<String> names) {
        return Optional.empty();
    }

    /** How long this provider keeps backups, as far as its rules are known. */
    Retention retention();

    /** Provider's time minus ours, from the latest answer's Date header; zero before the first. */
    Duration clockOffset();

    /** Cuts what is under way; its callers get a setback. */
    @Override
    void close();
}
