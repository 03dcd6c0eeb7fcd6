package dev.observatory.camera;

/** Something that was reported is not taken, and nothing that came with it. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int index;
    private final String component;
    private final String requirement;
    private final boolean isConflict;

    private RefusedException(int index, String component, String requirement, boolean isConflict) {
        super(component + " " + requirement);
        this.index = index;
        this.component = component;
        this.requirement = requirement;
        this.isConflict = isConflict;
    }

    /** What was reported cannot be. */
    static RefusedException invalid(int index, String component, String requirement) {
        return new RefusedException(index, component, requirement, false);
    }

    /** It could be, but does not go together with what is known. */
    static RefusedException conflict(int index, String component, String requirement) {
        return new RefusedException(index, component, requirement, true);
    }

    /** Where it stood among what came together, from 0. */
    public int index() {
        return index;
    }

    /** Of the record, such as {@code cameraId}. */
    public String component() {
        return component;
    }

    /** What holds for the component; goes on behind its name. */
    public String requirement() {
        return requirement;
    }

    /** Whether it contradicts what is known, instead of being impossible by itself. */
    public boolean isConflict() {
        return isConflict;
    }
}
