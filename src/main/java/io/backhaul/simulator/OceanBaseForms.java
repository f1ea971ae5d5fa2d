package io.backhaul.simulator;

/**
 * How the simulated OceanBase API words what its documents leave open, or say in two ways (tencent-aliyun.md 1.3, 2.3).
 *
 * @param doneWord the status of a task whose links can be had; documented nowhere
 * @param failedWord the status of a task that failed; documented nowhere
 */
public record OceanBaseForms(
        Created created,
        Repeat repeat,
        Shape shape,
        Running running,
        Renewal renewal,
        Times times,
        OssLinkForm signing,
        String doneWord,
        String failedWord) {

    /** Where CreateBackupSetDownloadLink shows the task's id. */
    public enum Created {
        /** Beside RequestId, as every SDK has it. */
        FLAT,
        /** Within Data, as documents since August 2025 have it. */
        NESTED,
        /** Nowhere: only the list of backup sets tells. */
        UNSAID
    }

    /** What a second CreateBackupSetDownloadLink of one set does. */
    public enum Repeat {
        /** Gives the task that is there, unless it failed or its links are dead. */
        SAME_TASK,
        /** Begins another task. */
        NEW_TASK
    }

    /** How DescribeBackupSetDownloadLink shows its links. */
    public enum Shape {
        /** InternalUrl alone, as the SDKs have it: of several parts only the first can be had. */
        INTERNAL_URL,
        /** DownloadLinks too, which is one object: of several parts only the first can be had. */
        LINKS_OBJECT,
        /** DownloadLinks too, a list with every part. */
        LINKS_ARRAY
    }

    /** What DescribeBackupSetDownloadLink shows of a task that still runs. */
    public enum Running {
        WITHOUT_LINKS,
        /** Links that lead nowhere until the task is done. */
        WITH_LINKS
    }

    /** Where new links come from once the old ones are dead. */
    public enum Renewal {
        /** Every DescribeBackupSetDownloadLink makes new ones. */
        AT_EACH_LOOK,
        /** A task has its links once and for all: new ones take a new task. */
        BY_NEW_TASK
    }

    /** How the list of backup sets writes times. */
    public enum Times {
        /** In UTC with its Z. */
        UTC,
        /** Without a zone, and China's meant. */
        ZONELESS,
        /** The start without a zone, and China's meant; all others in UTC with their Z. */
        MIXED
    }

    /** As the newest documents: nested, every part listed, V1 links that every look renews. */
    public static OceanBaseForms newest() {
        return new OceanBaseForms(
                Created.NESTED,
                Repeat.SAME_TASK,
                Shape.LINKS_ARRAY,
                Running.WITHOUT_LINKS,
                Renewal.AT_EACH_LOOK,
                Times.MIXED,
                OssLinkForm.V1,
                "SUCCESS",
                "FAILED");
    }

    /** As the SDKs and the older documents: flat, InternalUrl alone. */
    public static OceanBaseForms older() {
        return newest().with(Created.FLAT).with(Shape.INTERNAL_URL);
    }

    public OceanBaseForms with(Created other) {
        return new OceanBaseForms(other, repeat, shape, running, renewal, times, signing, doneWord, failedWord);
    }

    public OceanBaseForms with(Repeat other) {
        return new OceanBaseForms(created, other, shape, running, renewal, times, signing, doneWord, failedWord);
    }

    public OceanBaseForms with(Shape other) {
        return new OceanBaseForms(created, repeat, other, running, renewal, times, signing, doneWord, failedWord);
    }

    public OceanBaseForms with(Running other) {
        return new OceanBaseForms(created, repeat, shape, other, renewal, times, signing, doneWord, failedWord);
    }

    public OceanBaseForms with(Renewal other) {
        return new OceanBaseForms(created, repeat, shape, running, other, times, signing, doneWord, failedWord);
    }

    public OceanBaseForms with(Times other) {
        return new OceanBaseForms(created, repeat, shape, running, renewal, other, signing, doneWord, failedWord);
    }

    public OceanBaseForms with(OssLinkForm other) {
        return new OceanBaseForms(created, repeat, shape, running, renewal, times, other, doneWord, failedWord);
    }

    /** With other words for tasks that have ended. */
    public OceanBaseForms withWords(String done, String failed) {
        return new OceanBaseForms(created, repeat, shape, running, renewal, times, signing, done, failed);
    }
}
