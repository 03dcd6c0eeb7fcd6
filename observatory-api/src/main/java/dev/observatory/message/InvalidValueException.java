package dev.observatory.message;

/** A value that what it was given for cannot have. */
public final class InvalidValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String component;
    private final String requirement;

    /**
     * @param component the name of the record's component, such as {@code riskScore}
     * @param requirement what holds for it; goes on behind the name: {@code is a number from 0 to 100}
     */
    public InvalidValueException(String component, String requirement) {
        super(component + " " + requirement);
        this.component = component;
        this.requirement = requirement;
    }

    public String component() {
        return component;
    }

    public String requirement() {
        return requirement;
    }
}
