/* True power of a device over time, in closed form, so that energy between any two instants is exact. Seconds, watts, joules. */
#ifndef LEM_POWER_H
#define LEM_POWER_H
#include <math.h>

enum { MAX_SEGMENTS = 4096 };

typedef struct {
    double at, joules;               /* from here on; energy used before */
    double watts, slope;             /* a straight line, or: */
    double low, high, period, duty;  /* a square wave that begins high; period 0 = none */
} segment_t;

typedef struct { int count; segment_t segments[MAX_SEGMENTS]; } power_t;

static const segment_t *segment_at(const power_t *p, double t)
{
    int low = 0, high = p->count - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (p->segments[middle].at <= t) low = middle; else high = middle - 1;
    }
    return &p->segments[low];
}

static double joules_at(const power_t *p, double t)
{
    const segment_t *s = segment_at(p, t);
    double dt = t - s->at;
    if (dt < 0) return s->joules + s->watts * dt; /* before the first: as at its beginning */
    if (s->period <= 0) return s->joules + s->watts * dt + s->slope * dt * dt / 2;
    double whole = floor(dt / s->period), rest = dt - whole * s->period, on = s->duty * s->period;
    return s->joules + s->low * dt + (s->high - s->low) * (whole * on + (rest < on ? rest : on));
}

static double watts_at(const power_t *p, double t)
{
    const segment_t *s = segment_at(p, t);
    double dt = t - s->at;
    if (s->period <= 0 || dt < 0) return s->watts + s->slope * dt;
    return dt - floor(dt / s->period) * s->period < s->duty * s->period ? s->high : s->low;
}

static int append_segment(power_t *p, segment_t next)
{
    if (p->count > 0 && p->segments[p->count - 1].at == next.at) p->count--; /* told twice at one instant: the last word counts */
    if (p->count == MAX_SEGMENTS) return 0;
    next.joules = p->count == 0 ? 0 : joules_at(p, next.at);
    p->segments[p->count++] = next;
    return 1;
}
#endif
