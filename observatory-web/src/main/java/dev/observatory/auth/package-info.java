/**
 * Who may come in. A servlet filter in front of everything decides before any endpoint, resource or page is reached;
 * whom it lets in, it names as the request's principal.
 */
package dev.observatory.auth;
