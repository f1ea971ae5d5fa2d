package io.backhaul.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.SourceName;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceRoomTest {
    private static final SourceName A = new SourceName("a");
    private static final SourceName B = new SourceName("b");
    private static final SourceName UNBOUND = new SourceName("unbound");

    @Test
    void aSourceIsFullAtItsBound() {
        var room = SourceRoom.of(10, Map.of(A, 2, B, 3), Map.of(A, 2, B, 2));

        assertThat(room.full()).containsExactly(A);
    }

    @Test
    void noMoreAreTakenAtOnceThanAnySourceThatIsNotFullHasRoomFor() {
        assertThat(SourceRoom.of(10, Map.of(A, 2, B, 5), Map.of(A, 2)).atOnce()).isEqualTo(5);
        assertThat(SourceRoom.of(10, Map.of(A, 2, B, 5), Map.of()).atOnce()).isEqualTo(2);
        assertThat(SourceRoom.of(3, Map.of(B, 5), Map.of(UNBOUND, 2)).atOnce()).isEqualTo(1);
    }

    @Test
    void whatASourceTookBeforeItsBoundFellIsTaken() {
        var room = SourceRoom.of(4, Map.of(A, 1), Map.of(A, 4));

        assertThat(room.full()).containsExactly(A);
        assertThat(room.atOnce()).isZero();
    }

    @Test
    void thereIsNoRoomWhenAllTogetherHaveTakenIt() {
        assertThat(SourceRoom.of(2, Map.of(A, 1, B, 5), Map.of(A, 1, B, 1)).atOnce())
                .isZero();
    }
}
