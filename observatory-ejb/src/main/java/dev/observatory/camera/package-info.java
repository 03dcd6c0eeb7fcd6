/**
 * What cameras see and how they are: {@link dev.observatory.camera.EventIntake} takes what a pipeline found in their
 * pictures, {@link dev.observatory.camera.Cameras} knows which there are. Both keep before they tell; what keeps is a
 * {@link dev.observatory.camera.CameraStore}.
 */
package dev.observatory.camera;
