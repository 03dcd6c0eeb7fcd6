/**
 * What the machine's GPUs do: NVIDIA's {@code nvidia-smi} is asked every few seconds, and each GPU's answer is told as
 * {@link dev.observatory.message.GpuStats}. Where there is no such program or no GPU, that is known, and nothing fails.
 *
 * <p>{@link dev.observatory.gpu.GpuMonitor} is the door: it is asked for the latest samples and for how the reading goes,
 * and is told how fast a pipeline outside works. It must not know who asks, nor who is told.
 */
package dev.observatory.gpu;
