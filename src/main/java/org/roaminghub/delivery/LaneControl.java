package org.roaminghub.delivery;

import java.time.Clock;

/** What an operator can do with one lane. */
public final class LaneControl {
    private final Lane lane;
    private final LaneStore store;
    private final Clock clock;

    LaneControl(Lane lane, LaneStore store, Clock clock) {
        this.lane = lane;
        this.store = store;
        this.clock = clock;
    }

    /** Sends everything again from the beginning, each object once in its newest form. */
    public void resync() {
        lane.resync();
    }

    /** Sends nothing more until {@link #resume()}; nothing is lost meanwhile. */
    public void pause() {
        lane.pause();
    }

    public void resume() {
        lane.resume();
    }

    /**
     * Makes held objects due now.
     *
     * @param object one object, or null for all of the lane
     * @return how many
     */
    public int retryHeld(String object) {
        return store.makeDue(lane.id(), object, clock.instant());
    }
}
