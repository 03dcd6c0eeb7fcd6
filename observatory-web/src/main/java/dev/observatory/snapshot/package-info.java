/** What new subscribers are shown first: the bridge from what the application knows to what the hub asks for. */
package dev.observatory.snapshot;
