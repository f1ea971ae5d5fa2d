package io.backhaul.disk;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may do what with a file of a {@link FaultyDisk}. */
record DiskModes(FaultyDisk disk, PosixFileAttributeView real) implements PosixFileAttributeView {
    @Override
    public String name() {
        return real.name();
    }

    @Override
    public PosixFileAttributes readAttributes() throws IOException {
        return disk.perform(DiskOp.LOOK, real::readAttributes);
    }

    @Override
    public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        disk.perform(DiskOp.CHANGE_MODE, () -> {
            real.setPermissions(permissions);
            return true;
        });
    }

    @Override
    public UserPrincipal getOwner() throws IOException {
        return disk.perform(DiskOp.LOOK, real::getOwner);
    }

    @Override
    public void setOwner(UserPrincipal owner) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setGroup(GroupPrincipal group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setTimes(
            @Nullable FileTime lastModifiedTime, @Nullable FileTime lastAccessTime, @Nullable FileTime createTime) {
        throw new UnsupportedOperationException();
    }
}
