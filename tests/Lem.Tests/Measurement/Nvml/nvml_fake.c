/* A library with NVML's binary interface that plays two GPUs on a clock which the test sets.
 * It knows the true energy. Layouts and numbers are those of NVIDIA's public nvml.h.
 * LEM_FAKE_OLD_DRIVER leaves out what old drivers do not have. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef int nvmlReturn_t;
enum { SUCCESS = 0, INVALID_ARGUMENT = 2, NOT_SUPPORTED = 3, NOT_FOUND = 6, INSUFFICIENT_SIZE = 7 };
enum { DEVICES = 2, MAX_STEPS = 4096 };
static const uint64_t UPDATE_NS = 100000000ull; /* the sensor has a new value every 100 ms */

typedef struct { uint64_t at_ns; double watts; double joules; } step_t;
typedef struct {
    int index, step_count;
    step_t steps[MAX_STEPS];
    nvmlReturn_t failure; /* answered instead of any reading */
    unsigned temperature, process_pid;
    uint64_t reasons, throttled_ns[4]; /* SW thermal, HW thermal, brake, power cap */
    double reset_joules;               /* taken off the counter: a driver reload */
    int has_counter;
} device_t;

static device_t devices[DEVICES];
static uint64_t now_ns;
static nvmlReturn_t init_answer;

typedef struct { unsigned fieldId, scopeId; long long timestamp, latencyUsec; int valueType; nvmlReturn_t nvmlReturn; uint64_t value; } field_t;
typedef struct { unsigned version; unsigned long long total, reserved, free, used; } memory_v2_t;
typedef struct { unsigned long long total, free, used; } memory_t;
typedef struct { unsigned gpu, memory; } utilization_t;
typedef struct { unsigned long long reference_us, violation_ns; } violation_t;
typedef struct { char legacy[16]; unsigned domain, bus, device, deviceId, subSystemId; char busId[32]; } pci_t;
typedef struct { unsigned pid; unsigned long long used; unsigned gi, ci; } process_t;

static double joules_at(const device_t *d, uint64_t t)
{
    int i = d->step_count - 1;
    while (i > 0 && d->steps[i].at_ns > t) i--;
    return d->steps[i].joules + d->steps[i].watts * (double)(t - d->steps[i].at_ns) / 1e9;
}

static double watts_at(const device_t *d, uint64_t t)
{
    int i = d->step_count - 1;
    while (i > 0 && d->steps[i].at_ns > t) i--;
    return d->steps[i].watts;
}

static uint64_t last_update(void) { return now_ns / UPDATE_NS * UPDATE_NS; }

/* What the test says. */
void lem_fake_reset(void)
{
    memset(devices, 0, sizeof devices);
    now_ns = 0;
    init_answer = SUCCESS;
    for (int i = 0; i < DEVICES; i++) {
        devices[i].index = i;
        devices[i].step_count = 1;
        devices[i].steps[0].watts = 50;
        devices[i].temperature = 40;
        devices[i].has_counter = 1;
    }
}
void lem_fake_set_time_ns(uint64_t t) { now_ns = t; }
void lem_fake_set_init_answer(int answer) { init_answer = answer; }
void lem_fake_set_failure(int device, int answer) { devices[device].failure = answer; }
void lem_fake_set_reasons(int device, uint64_t bits) { devices[device].reasons = bits; }
void lem_fake_set_throttled_ns(int device, int cause, uint64_t ns) { devices[device].throttled_ns[cause] = ns; }
void lem_fake_set_temperature(int device, unsigned celsius) { devices[device].temperature = celsius; }
void lem_fake_set_process(int device, unsigned pid) { devices[device].process_pid = pid; }
void lem_fake_set_counter(int device, int present) { devices[device].has_counter = present; }
void lem_fake_reset_counter(int device) { devices[device].reset_joules = joules_at(&devices[device], now_ns); }
void lem_fake_set_power(int device, double watts)
{
    device_t *d = &devices[device];
    if (d->step_count == MAX_STEPS) return;
    step_t *step = &d->steps[d->step_count];
    step->joules = joules_at(d, now_ns);
    step->at_ns = now_ns;
    step->watts = watts;
    d->step_count++;
}
double lem_fake_true_joules(int device) { return joules_at(&devices[device], now_ns); }
int lem_fake_size_of(int which)
{
    switch (which) {
    case 0: return (int)sizeof(field_t);
    case 1: return (int)sizeof(memory_v2_t);
    case 2: return (int)sizeof(pci_t);
    case 3: return (int)sizeof(process_t);
    default: return -1;
    }
}

/* NVML. */
#define ALIVE(d) do { if (!(d)) return INVALID_ARGUMENT; if ((d)->failure) return (d)->failure; } while (0)
#define GET(name, type, expression) \
    nvmlReturn_t name(device_t *d, type *out) { ALIVE(d); *out = (expression); return SUCCESS; }

nvmlReturn_t nvmlInit_v2(void) { return init_answer; }
nvmlReturn_t nvmlShutdown(void) { return SUCCESS; }
static nvmlReturn_t text(char *out, unsigned length, const char *value)
{
    if (strlen(value) >= length) return INSUFFICIENT_SIZE;
    strcpy(out, value);
    return SUCCESS;
}
nvmlReturn_t nvmlSystemGetDriverVersion(char *out, unsigned length) { return text(out, length, "550.54.15"); }
nvmlReturn_t nvmlSystemGetNVMLVersion(char *out, unsigned length) { return text(out, length, "12.550.54.15"); }
nvmlReturn_t nvmlSystemGetCudaDriverVersion_v2(int *out) { *out = 12040; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetCount_v2(unsigned *out) { *out = DEVICES; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned index, device_t **out)
{
    if (index >= DEVICES) return INVALID_ARGUMENT;
    *out = &devices[index];
    return devices[index].failure;
}
nvmlReturn_t nvmlDeviceGetUUID(device_t *d, char *out, unsigned length)
{
    char uuid[64];
    snprintf(uuid, sizeof uuid, "GPU-00000000-0000-0000-0000-00000000000%d", d->index);
    return text(out, length, uuid);
}
nvmlReturn_t nvmlDeviceGetHandleByUUID(const char *uuid, device_t **out)
{
    char own[64];
    for (int i = 0; i < DEVICES; i++) {
        nvmlDeviceGetUUID(&devices[i], own, sizeof own);
        if (strcmp(own, uuid) == 0) { *out = &devices[i]; return SUCCESS; }
    }
    return NOT_FOUND;
}
nvmlReturn_t nvmlDeviceGetName(device_t *d, char *out, unsigned length) { ALIVE(d); return text(out, length, "NVIDIA A100-SXM4-80GB"); }
nvmlReturn_t nvmlDeviceGetPciInfo_v3(device_t *d, pci_t *out)
{
    ALIVE(d);
    memset(out, 0, sizeof *out);
    out->bus = 7 + (unsigned)d->index;
    snprintf(out->busId, sizeof out->busId, "00000000:%02X:00.0", out->bus);
    return SUCCESS;
}
nvmlReturn_t nvmlDeviceGetCudaComputeCapability(device_t *d, int *major, int *minor) { ALIVE(d); *major = 8; *minor = 0; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetMemoryInfo(device_t *d, memory_t *m) { ALIVE(d); m->total = 80ull << 30; m->used = 3ull << 30; m->free = 77ull << 30; return SUCCESS; }
GET(nvmlDeviceGetPowerUsage, unsigned, (unsigned)(watts_at(d, last_update()) * 1e3))
GET(nvmlDeviceGetPowerManagementLimit, unsigned, 400000)
GET(nvmlDeviceGetPowerManagementDefaultLimit, unsigned, 400000)
GET(nvmlDeviceGetEnforcedPowerLimit, unsigned, 400000)
nvmlReturn_t nvmlDeviceGetPowerManagementLimitConstraints(device_t *d, unsigned *min, unsigned *max) { ALIVE(d); *min = 100000; *max = 400000; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetTemperature(device_t *d, unsigned sensor, unsigned *out) { ALIVE(d); if (sensor) return INVALID_ARGUMENT; *out = d->temperature; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetTemperatureThreshold(device_t *d, unsigned which, unsigned *out) { ALIVE(d); *out = which == 0 ? 92 : 89; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetFanSpeed(device_t *d, unsigned *out) { (void)out; ALIVE(d); return NOT_SUPPORTED; }
nvmlReturn_t nvmlDeviceGetClockInfo(device_t *d, unsigned clock, unsigned *out) { ALIVE(d); *out = clock == 2 ? 1593 : 1410; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetMaxClockInfo(device_t *d, unsigned clock, unsigned *out) { ALIVE(d); *out = clock == 2 ? 1593 : 1410; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetUtilizationRates(device_t *d, utilization_t *out) { ALIVE(d); out->gpu = 97; out->memory = 42; return SUCCESS; }
GET(nvmlDeviceGetPerformanceState, unsigned, 0)
GET(nvmlDeviceGetPersistenceMode, unsigned, 1)
GET(nvmlDeviceGetComputeMode, unsigned, 0)
GET(nvmlDeviceGetCurrPcieLinkGeneration, unsigned, 4)
GET(nvmlDeviceGetCurrPcieLinkWidth, unsigned, 16)
nvmlReturn_t nvmlDeviceGetEccMode(device_t *d, unsigned *current, unsigned *pending) { ALIVE(d); *current = *pending = 1; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetMigMode(device_t *d, unsigned *current, unsigned *pending) { ALIVE(d); *current = *pending = 0; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetViolationStatus(device_t *d, unsigned policy, violation_t *out)
{
    ALIVE(d);
    out->reference_us = now_ns / 1000;
    out->violation_ns = policy == 0 ? d->throttled_ns[3] : d->throttled_ns[0] + d->throttled_ns[1];
    return SUCCESS;
}

#ifdef LEM_FAKE_OLD_DRIVER
GET(nvmlDeviceGetCurrentClocksThrottleReasons, unsigned long long, d->reasons)
#else
GET(nvmlDeviceGetCurrentClocksEventReasons, unsigned long long, d->reasons)
GET(nvmlDeviceGetSupportedClocksEventReasons, unsigned long long, 0x1ff)
nvmlReturn_t nvmlDeviceGetTotalEnergyConsumption(device_t *d, unsigned long long *out)
{
    ALIVE(d);
    if (!d->has_counter) return NOT_SUPPORTED;
    double joules = joules_at(d, last_update()) - d->reset_joules;
    *out = joules > 0 ? (unsigned long long)(joules * 1e3) : 0;
    return SUCCESS;
}
nvmlReturn_t nvmlDeviceGetFieldValues(device_t *d, int count, field_t *fields)
{
    ALIVE(d);
    for (int i = 0; i < count; i++) {
        field_t *f = &fields[i];
        f->nvmlReturn = SUCCESS;
        f->valueType = 3;
        switch (f->fieldId) {
        case 83: { unsigned long long mj = 0; f->nvmlReturn = nvmlDeviceGetTotalEnergyConsumption(d, &mj); f->value = mj; break; }
        case 186: f->valueType = 1; f->value = (uint64_t)(watts_at(d, last_update()) * 1e3); break;
        case 269: f->value = d->throttled_ns[0]; break;
        case 270: f->value = d->throttled_ns[1]; break;
        case 271: f->value = d->throttled_ns[2]; break;
        case 74: f->value = d->throttled_ns[3]; break;
        default: f->nvmlReturn = NOT_SUPPORTED;
        }
    }
    return SUCCESS;
}
nvmlReturn_t nvmlDeviceGetMemoryInfo_v2(device_t *d, memory_v2_t *m)
{
    ALIVE(d);
    if (m->version != (sizeof(memory_v2_t) | 2u << 24)) return 25;
    m->total = 80ull << 30; m->reserved = 1ull << 30; m->used = 2ull << 30; m->free = 77ull << 30;
    return SUCCESS;
}
nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v3(device_t *d, unsigned *count, process_t *out)
{
    ALIVE(d);
    unsigned room = *count;
    *count = d->process_pid ? 1 : 0;
    if (*count > room) return INSUFFICIENT_SIZE;
    if (*count) { out->pid = d->process_pid; out->used = 1ull << 30; out->gi = out->ci = 0xffffffff; }
    return SUCCESS;
}
#endif
