package io.backhaul.app;

import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.SourceName;
import io.backhaul.pipeline.PipelineEvents;
import java.util.List;

/** Tells several listeners what happens. */
record EventFan(List<PipelineEvents> listeners) implements PipelineEvents {
    @Override
    public void cycleSucceeded(String cycle, SourceName source) {
        listeners.forEach(listener -> listener.cycleSucceeded(cycle, source));
    }

    @Override
    public void cycleBroke(String cycle) {
        listeners.forEach(listener -> listener.cycleBroke(cycle));
    }

    @Override
    public void linksRequested(SourceName source, String outcome) {
        listeners.forEach(listener -> listener.linksRequested(source, outcome));
    }

    @Override
    public void linksEnded(SourceName source, LinkState state, int links) {
        listeners.forEach(listener -> listener.linksEnded(source, state, links));
    }

    @Override
    public void transferBegan(BackupRef backup) {
        listeners.forEach(listener -> listener.transferBegan(backup));
    }

    @Override
    public void bytesMoved(BackupRef backup, long bytes) {
        listeners.forEach(listener -> listener.bytesMoved(backup, bytes));
    }

    @Override
    public void attemptEnded(SourceName source, AttemptOutcome outcome) {
        listeners.forEach(listener -> listener.attemptEnded(source, outcome));
    }

    @Override
    public void verifyFailed(String archive) {
        listeners.forEach(listener -> listener.verifyFailed(archive));
    }

    @Override
    public void archived(BackupRef backup) {
        listeners.forEach(listener -> listener.archived(backup));
    }

    @Override
    public void transferEnded(BackupRef backup) {
        listeners.forEach(listener -> listener.transferEnded(backup));
    }

    @Override
    public void backupsGone(SourceName source, int backups) {
        listeners.forEach(listener -> listener.backupsGone(source, backups));
    }
}
