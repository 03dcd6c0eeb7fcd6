package dev.observatory.journal;

/** Data that cannot be turned into JSON. Its message says which type and why. */
public final class UnencodableException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnencodableException(Object data, Throwable cause) {
        super("no JSON can be made of a " + data.getClass().getName() + ": " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
