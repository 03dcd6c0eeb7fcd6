/** What tests add to the deployed WAR: a REST door to its beans. Runs in the server; the tests see only its answers. */
package dev.observatory.it.probe;
