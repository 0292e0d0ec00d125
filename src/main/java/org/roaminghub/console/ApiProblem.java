package org.roaminghub.console;

/** A request of the operator API that cannot be served: what is wrong, with which field, and what to do (RFC 9457). */
final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final String field;

    private ApiProblem(int status, String title, String field, String detail) {
        super(detail);
        this.status = status;
        this.title = title;
        this.field = field;
    }

    /** A parameter or member of the body that cannot be used. */
    static ApiProblem invalid(String field, String detail) {
        return new ApiProblem(400, "Invalid " + field, field, detail);
    }

    static ApiProblem absent(String what, String detail) {
        return new ApiProblem(404, "No such " + what, null, detail);
    }

    /** The thing exists, but is not in a state for this. */
    static ApiProblem conflict(String title, String detail) {
        return new ApiProblem(409, title, null, detail);
    }

    /** The partner's side did not play along. */
    static ApiProblem partner(String detail) {
        return new ApiProblem(502, "The partner did not take it", null, detail);
    }

    static ApiProblem tooMuch() {
        return new ApiProblem(503, "Too much to search", "from", "the search was stopped after 10 seconds; narrow it with from and to, or with another filter");
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** The parameter or member to change, or null. */
    String field() {
        return field;
    }
}
