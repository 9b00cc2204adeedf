/* What a device's sensor makes of its true power: every U a new value, the mean of the W before it, with gain, offset, noise and steps;
 * and an energy counter that moves once a period. Seconds, watts, joules. */
#ifndef LEM_SENSOR_H
#define LEM_SENSOR_H
#include <stdint.h>
#include "power.h"

typedef struct {
    double update, window;   /* U and W of the instant reading */
    double usage_window;     /* W of nvmlDeviceGetPowerUsage and of field 185 */
    double delay, phase;     /* a value tells of this long ago; the first update is at this instant */
    double gain, offset, noise, step;
    double counter_period, counter_gain;
} sensor_t;

static double last_update(double period, double phase, double t)
{
    return period > 0 ? phase + floor((t - phase) / period + 1e-9) * period : t;
}

/* Roughly normal, the same for the same update: four uniform numbers out of a mixed index. */
static double noise_of(uint64_t index)
{
    double sum = 0;
    for (int i = 0; i < 4; i++) {
        uint64_t x = index * 4 + (uint64_t)i + 0x9E3779B97F4A7C15ull;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
        sum += (double)((x ^ (x >> 31)) >> 11) / 9007199254740992.0 - 0.5;
    }
    return sum * 1.7320508;
}

static double sensed_watts(const sensor_t *s, const power_t *p, double window, double t)
{
    double at = last_update(s->update, s->phase, t), end = at - s->delay;
    double mean = window > 0 ? (joules_at(p, end) - joules_at(p, end - window)) / window : watts_at(p, end);
    double watts = mean * s->gain + s->offset + s->noise * noise_of((uint64_t)llround(at * 1e6));
    if (s->step > 0) watts = floor(watts / s->step + 0.5) * s->step;
    return watts > 0 ? watts : 0;
}

static double counted_joules(const sensor_t *s, const power_t *p, double t)
{
    return joules_at(p, last_update(s->counter_period, s->phase, t)) * s->counter_gain;
}
#endif
