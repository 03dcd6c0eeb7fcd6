package dev.observatory.ops;

/** Payara, some of whose faults are worked around here. */
final class Payara {

    private Payara() {}

    /** Whether it is the server that this runs on. */
    static boolean isServer() {
        return System.getProperty("com.sun.aas.instanceRoot") != null;
    }
}
