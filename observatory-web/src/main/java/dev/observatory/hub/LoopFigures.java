package dev.observatory.hub;

import dev.observatory.hub.HubFigures.Deliveries;
import dev.observatory.hub.HubFigures.Load;

/** One loop's share of the hub's figures. Immutable. */
record LoopFigures(Load load, Deliveries deliveries) {

    static final LoopFigures NONE = new LoopFigures(Load.NONE, Deliveries.NONE);

    LoopFigures plus(LoopFigures other) {
        return new LoopFigures(load.plus(other.load), deliveries.plus(other.deliveries));
    }
}
