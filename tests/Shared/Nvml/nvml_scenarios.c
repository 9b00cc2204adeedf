/* A library with NVML's binary interface that plays GPUs of known true power. Layouts and numbers are those of NVIDIA's public nvml.h.
 * In a test it is told what to play (lem_tell, lem_set_time_ns) and lives on the test's clock. In a real process it plays LEM_SCENARIO
 * ("a100:60,v100:40": profile and idle watts of each device) on the machine's monotonic clock, and hears what else happens from lines
 * "<ns> <device> <what>" appended to the file LEM_SCENARIO_FILE. LEM_OLD_DRIVER leaves out what old drivers do not have. */
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "sensor.h"

typedef int nvmlReturn_t;
enum { SUCCESS = 0, INVALID_ARGUMENT = 2, NOT_SUPPORTED = 3, NOT_FOUND = 6, INSUFFICIENT_SIZE = 7, VERSION_MISMATCH = 25 };
enum { MAX_DEVICES = 8, MAX_MIG = 7, CAUSES = 4 }; /* causes: software thermal, hardware thermal, power brake, power cap */

typedef struct { double at, seconds, rate; } throttling_t; /* slowed down at this rate since then */
typedef struct device {
    int index, mig_count, has_counter, has_instant, has_average, major, minor, percent, megahertz, application_megahertz;
    struct device *parent;             /* of a MIG device */
    char name[64];
    power_t power;
    sensor_t sensor;
    nvmlReturn_t failure;              /* answered instead of any reading */
    unsigned temperature, process_pid;
    uint64_t reasons;
    throttling_t throttled[CAUSES];
    double reset_joules, limit, default_limit, used_gib;
} device_t;

typedef struct {
    const char *key, *name;
    double update, window, usage_window, counter_period, limit;
    int has_counter, has_instant, has_average, major, minor;
} profile_t;

/* Periods and windows: arXiv 2312.02741; which card offers which reading: nvml.h. */
static const profile_t profiles[] = {
    {"v100", "Tesla V100-SXM2-32GB", .020, .010, .010, .020, 300, 1, 0, 0, 7, 0},
    {"p100", "Tesla P100-SXM2-16GB", .020, .010, .010, 0, 300, 0, 0, 0, 6, 0},
    {"a100", "NVIDIA A100-SXM4-80GB", .100, .025, .025, .100, 400, 1, 1, 0, 8, 0},
    {"h100", "NVIDIA H100 80GB HBM3", .100, .025, 1.0, .100, 700, 1, 1, 1, 9, 0},
    {"ampere", "NVIDIA GeForce RTX 3090", .100, .100, 1.0, .100, 350, 1, 1, 1, 8, 6},
    {"ada", "NVIDIA GeForce RTX 4090", .100, .100, 1.0, .100, 450, 1, 1, 1, 8, 9},
    {"kepler", "Tesla K40m", .015, .015, .015, 0, 235, 0, 0, 0, 3, 5},
};

static device_t devices[MAX_DEVICES], migs[MAX_DEVICES][MAX_MIG];
static int device_count, init_answer, count_answer, real_time, utilisation_calls;
static uint64_t told_now_ns;
static FILE *told_file;
static pthread_mutex_t hearing = PTHREAD_MUTEX_INITIALIZER;

typedef struct { unsigned fieldId, scopeId; long long timestamp, latencyUsec; int valueType; nvmlReturn_t nvmlReturn; uint64_t value; } field_t;
typedef struct { unsigned version; unsigned long long total, reserved, free, used; } memory_v2_t;
typedef struct { unsigned long long total, free, used; } memory_t;
typedef struct { unsigned gpu, memory; } utilization_t;
typedef struct { unsigned long long reference_us, violation_ns; } violation_t;
typedef struct { char legacy[16]; unsigned domain, bus, device, deviceId, subSystemId; char busId[32]; } pci_t;
typedef struct { unsigned pid; unsigned long long used; unsigned gi, ci; } process_t;
typedef struct { unsigned sms, copy, decoder, encoder, jpeg, ofa, gpuSlices, computeSlices; unsigned long long memoryMB; } attributes_t;

/* What the scenario says. */
static double throttled_ns(const device_t *d, int cause, double t)
{
    const throttling_t *h = &d->throttled[cause];
    return (h->seconds + h->rate * (t - h->at)) * 1e9;
}

static int wear(device_t *d, const char *key)
{
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++) {
        const profile_t *p = &profiles[i];
        if (strcmp(p->key, key) != 0) continue;
        snprintf(d->name, sizeof d->name, "%s", p->name);
        d->sensor = (sensor_t){.update = p->update, .window = p->window, .usage_window = p->usage_window, .gain = 1,
                               .counter_period = p->counter_period, .counter_gain = 1};
        d->limit = d->default_limit = p->limit;
        d->used_gib = 2;
        d->has_counter = p->has_counter; d->has_instant = p->has_instant; d->has_average = p->has_average;
        d->major = p->major; d->minor = p->minor;
        return 1;
    }
    return 0;
}

static int tell(double t, int index, const char *what)
{
    char key[32], word[32];
    double a = 0, b = 0, c = 0, e = 0;
    device_t *d = &devices[index];
    sensor_t *s = &d->sensor;
    if (index < 0 || index >= device_count || sscanf(what, "%31s", key) != 1) return 0;
    const char *rest = what + strlen(key);
    int n = sscanf(rest, "%lf %lf %lf %lf", &a, &b, &c, &e);
#define IS(k, arguments) (strcmp(key, k) == 0 && n >= (arguments))
    if (strcmp(key, "profile") == 0 && sscanf(rest, "%31s", word) == 1) return wear(d, word);
    if (strcmp(key, "name") == 0) { snprintf(d->name, sizeof d->name, "%s", rest + (*rest == ' ')); return 1; }
    if (IS("watts", 1)) return append_segment(&d->power, (segment_t){.at = t, .watts = a});
    if (IS("ramp", 3)) return append_segment(&d->power, (segment_t){.at = t, .watts = a, .slope = (b - a) / c});
    if (IS("square", 4)) return append_segment(&d->power, (segment_t){.at = t, .watts = a, .low = a, .high = b, .period = c, .duty = e});
    if (IS("update", 1)) s->update = a;
    else if (IS("window", 1)) s->window = a;
    else if (IS("usage_window", 1)) s->usage_window = a;
    else if (IS("delay", 1)) s->delay = a;
    else if (IS("phase", 1)) s->phase = a;
    else if (IS("gain", 1)) s->gain = a;
    else if (IS("offset", 1)) s->offset = a;
    else if (IS("noise", 1)) s->noise = a;
    else if (IS("step", 1)) s->step = a;
    else if (IS("counter_period", 1)) s->counter_period = a;
    else if (IS("counter_gain", 1)) s->counter_gain = a;
    else if (IS("counter", 1)) d->has_counter = (int)a;
    else if (IS("instant", 1)) d->has_instant = (int)a;
    else if (IS("average", 1)) d->has_average = (int)a;
    else if (IS("limit", 1)) d->limit = a;
    else if (IS("temperature", 1)) d->temperature = (unsigned)a;
    else if (IS("percent", 1)) d->percent = (int)a;
    else if (IS("megahertz", 1)) d->megahertz = (int)a;
    else if (IS("application_megahertz", 1)) d->application_megahertz = (int)a;
    else if (IS("used_gib", 1)) d->used_gib = a;
    else if (IS("process", 1)) d->process_pid = (unsigned)a;
    else if (IS("reasons", 1)) d->reasons = (uint64_t)a;
    else if (IS("fail", 1)) d->failure = (int)a;
    else if (IS("mig", 1)) d->mig_count = (int)a;
    else if (IS("throttle", 2)) {
        throttling_t *h = &d->throttled[(int)a % CAUSES];
        *h = (throttling_t){.at = t, .seconds = throttled_ns(d, (int)a % CAUSES, t) / 1e9, .rate = b};
    }
    else if (strcmp(key, "reset_counter") == 0) d->reset_joules = counted_joules(s, &d->power, t);
    else return 0;
    return 1;
#undef IS
}

static void begin(int count)
{
    memset(devices, 0, sizeof devices);
    memset(migs, 0, sizeof migs);
    told_now_ns = 0;
    init_answer = count_answer = SUCCESS;
    utilisation_calls = 0;
    device_count = count;
    for (int i = 0; i < MAX_DEVICES; i++) {
        devices[i].index = i;
        devices[i].temperature = 40;
        devices[i].percent = 97;
        devices[i].megahertz = 1410;
        wear(&devices[i], "a100");
        append_segment(&devices[i].power, (segment_t){.watts = 50});
        for (int j = 0; j < MAX_MIG; j++) migs[i][j] = (device_t){.index = j, .parent = &devices[i]};
    }
}

static void hear(void)
{
    char line[160];
    unsigned long long at;
    int index, used;
    pthread_mutex_lock(&hearing);
    clearerr(told_file);
    for (long before = ftell(told_file); fgets(line, sizeof line, told_file); before = ftell(told_file)) {
        if (strchr(line, '\n') == NULL) { fseek(told_file, before, SEEK_SET); break; } /* half a line: the rest comes later */
        if (sscanf(line, "%llu %d %n", &at, &index, &used) == 2) tell((double)at / 1e9, index, line + used);
    }
    pthread_mutex_unlock(&hearing);
}

static double now(void)
{
    if (!real_time) return (double)told_now_ns / 1e9;
    if (told_file) hear();
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

__attribute__((constructor)) static void load(void)
{
    const char *scenario = getenv("LEM_SCENARIO"), *file = getenv("LEM_SCENARIO_FILE");
    begin(2);
    if (!scenario) return;
    real_time = 1;
    if (file) told_file = fopen(file, "r");
    char copy[256], *save = NULL;
    snprintf(copy, sizeof copy, "%s", scenario);
    device_count = 0;
    for (char *one = strtok_r(copy, ",", &save); one && device_count < MAX_DEVICES; one = strtok_r(NULL, ",", &save)) {
        device_t *d = &devices[device_count++];
        char *watts = strchr(one, ':');
        if (watts) *watts++ = 0;
        if (!wear(d, one)) { fprintf(stderr, "LEM_SCENARIO: no profile %s\n", one); exit(64); }
        d->power.segments[0].watts = watts ? atof(watts) : 60;
    }
}

/* What a test says, and may ask. */
void lem_begin(int count) { begin(count); }
void lem_set_time_ns(uint64_t t) { told_now_ns = t; }
void lem_set_init_answer(int answer) { init_answer = answer; }
void lem_set_count_answer(int answer) { count_answer = answer; }
int lem_utilisation_calls(void) { return utilisation_calls; }
int lem_tell(int device, const char *what) { return tell(now(), device, what); }
double lem_true_joules(int device, uint64_t at_ns) { return joules_at(&devices[device].power, (double)at_ns / 1e9); }
int lem_size_of(int which)
{
    switch (which) {
    case 0: return (int)sizeof(field_t);
    case 1: return (int)sizeof(memory_v2_t);
    case 2: return (int)sizeof(pci_t);
    case 3: return (int)sizeof(process_t);
    case 4: return (int)sizeof(attributes_t);
    case 5: return (int)sizeof(memory_t);
    case 6: return (int)sizeof(utilization_t);
    case 7: return (int)sizeof(violation_t);
    default: return -1;
    }
}
/* Where the fields of a structure begin, in their order. */
int lem_offset_of(int which, int field)
{
#define AT(type, member) (int)offsetof(type, member)
    static const int fields[][9] = {
        {AT(field_t, fieldId), AT(field_t, scopeId), AT(field_t, timestamp), AT(field_t, latencyUsec), AT(field_t, valueType), AT(field_t, nvmlReturn), AT(field_t, value), -1},
        {AT(memory_v2_t, version), AT(memory_v2_t, total), AT(memory_v2_t, reserved), AT(memory_v2_t, free), AT(memory_v2_t, used), -1},
        {AT(pci_t, legacy), AT(pci_t, domain), AT(pci_t, bus), AT(pci_t, device), AT(pci_t, deviceId), AT(pci_t, subSystemId), AT(pci_t, busId), -1},
        {AT(process_t, pid), AT(process_t, used), AT(process_t, gi), AT(process_t, ci), -1},
        {AT(attributes_t, sms), AT(attributes_t, copy), AT(attributes_t, decoder), AT(attributes_t, encoder), AT(attributes_t, jpeg), AT(attributes_t, ofa),
         AT(attributes_t, gpuSlices), AT(attributes_t, computeSlices), AT(attributes_t, memoryMB)},
        {AT(memory_t, total), AT(memory_t, free), AT(memory_t, used), -1},
        {AT(utilization_t, gpu), AT(utilization_t, memory), -1},
        {AT(violation_t, reference_us), AT(violation_t, violation_ns), -1},
    };
#undef AT
    return which < 0 || which >= (int)(sizeof fields / sizeof *fields) || field < 0 || field >= 9 ? -1 : fields[which][field];
}

/* NVML. */
#define ALIVE(d) do { if (!(d)) return INVALID_ARGUMENT; if ((d)->parent) return NOT_SUPPORTED; if ((d)->failure) return (d)->failure; } while (0)
#define GET(function, type, expression) \
    nvmlReturn_t function(device_t *d, type *out) { ALIVE(d); *out = (expression); return SUCCESS; }

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
nvmlReturn_t nvmlDeviceGetCount_v2(unsigned *out) { *out = (unsigned)device_count; return count_answer; }
nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned index, device_t **out)
{
    if (index >= (unsigned)device_count) return INVALID_ARGUMENT;
    *out = &devices[index];
    return devices[index].failure;
}
nvmlReturn_t nvmlDeviceGetUUID(device_t *d, char *out, unsigned length)
{
    char uuid[64];
    if (d->parent) snprintf(uuid, sizeof uuid, "MIG-%08d-0000-0000-0000-00000000000%d", d->parent->index, d->index);
    else snprintf(uuid, sizeof uuid, "GPU-00000000-0000-0000-0000-00000000000%d", d->index);
    return text(out, length, uuid);
}
nvmlReturn_t nvmlDeviceGetHandleByUUID(const char *uuid, device_t **out)
{
    char own[64];
    for (int i = 0; i < device_count; i++)
        for (int j = -1; j < devices[i].mig_count; j++) {
            device_t *d = j < 0 ? &devices[i] : &migs[i][j];
            nvmlDeviceGetUUID(d, own, sizeof own);
            if (strcmp(own, uuid) == 0) { *out = d; return SUCCESS; }
        }
    return NOT_FOUND;
}
nvmlReturn_t nvmlDeviceGetName(device_t *d, char *out, unsigned length) { ALIVE(d); return text(out, length, d->name); }
nvmlReturn_t nvmlDeviceGetPciInfo_v3(device_t *d, pci_t *out)
{
    ALIVE(d);
    memset(out, 0, sizeof *out);
    out->bus = 7 + (unsigned)d->index;
    snprintf(out->busId, sizeof out->busId, "00000000:%02X:00.0", out->bus);
    return SUCCESS;
}
nvmlReturn_t nvmlDeviceGetCudaComputeCapability(device_t *d, int *major, int *minor) { ALIVE(d); *major = d->major; *minor = d->minor; return SUCCESS; }
static unsigned long long used_bytes(const device_t *d) { return (unsigned long long)(d->used_gib * (1ull << 30)); }
nvmlReturn_t nvmlDeviceGetMemoryInfo(device_t *d, memory_t *m) { ALIVE(d); m->total = 80ull << 30; m->used = (1ull << 30) + used_bytes(d); m->free = m->total - m->used; return SUCCESS; }
GET(nvmlDeviceGetPowerUsage, unsigned, (unsigned)(sensed_watts(&d->sensor, &d->power, d->sensor.usage_window, now()) * 1e3))
GET(nvmlDeviceGetPowerManagementLimit, unsigned, (unsigned)(d->limit * 1e3))
GET(nvmlDeviceGetPowerManagementDefaultLimit, unsigned, (unsigned)(d->default_limit * 1e3))
GET(nvmlDeviceGetEnforcedPowerLimit, unsigned, (unsigned)(d->limit * 1e3))
nvmlReturn_t nvmlDeviceGetPowerManagementLimitConstraints(device_t *d, unsigned *min, unsigned *max) { ALIVE(d); *min = 100000; *max = (unsigned)(d->default_limit * 1e3); return SUCCESS; }
nvmlReturn_t nvmlDeviceGetTemperature(device_t *d, unsigned sensor, unsigned *out) { ALIVE(d); if (sensor) return INVALID_ARGUMENT; now(); *out = d->temperature; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetTemperatureThreshold(device_t *d, unsigned which, unsigned *out) { ALIVE(d); *out = which == 0 ? 92 : 89; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetFanSpeed(device_t *d, unsigned *out) { (void)out; ALIVE(d); return NOT_SUPPORTED; }
nvmlReturn_t nvmlDeviceGetClockInfo(device_t *d, unsigned clock, unsigned *out) { ALIVE(d); now(); *out = clock == 2 ? 1593 : (unsigned)d->megahertz; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetMaxClockInfo(device_t *d, unsigned clock, unsigned *out) { ALIVE(d); *out = clock == 2 ? 1593 : 1410; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetApplicationsClock(device_t *d, unsigned clock, unsigned *out)
{
    ALIVE(d);
    if (!d->application_megahertz) return NOT_SUPPORTED;
    *out = clock == 2 ? 1593 : (unsigned)d->application_megahertz;
    return SUCCESS;
}
nvmlReturn_t nvmlDeviceGetUtilizationRates(device_t *d, utilization_t *out) { ALIVE(d); now(); utilisation_calls++; out->gpu = (unsigned)d->percent; out->memory = 42; return SUCCESS; }
GET(nvmlDeviceGetPerformanceState, unsigned, 0)
GET(nvmlDeviceGetPersistenceMode, unsigned, 1)
GET(nvmlDeviceGetComputeMode, unsigned, 0)
GET(nvmlDeviceGetCurrPcieLinkGeneration, unsigned, 4)
GET(nvmlDeviceGetCurrPcieLinkWidth, unsigned, 16)
nvmlReturn_t nvmlDeviceGetEccMode(device_t *d, unsigned *current, unsigned *pending) { ALIVE(d); *current = *pending = 1; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetViolationStatus(device_t *d, unsigned policy, violation_t *out)
{
    ALIVE(d);
    double t = now();
    out->reference_us = (unsigned long long)(t * 1e6);
    out->violation_ns = (unsigned long long)(policy == 0 ? throttled_ns(d, 3, t) : throttled_ns(d, 0, t) + throttled_ns(d, 1, t));
    return SUCCESS;
}

static nvmlReturn_t running(const device_t *d, unsigned *count, process_t *out)
{
    ALIVE(d);
    unsigned room = *count;
    *count = d->process_pid ? 1 : 0;
    if (*count > room) return INSUFFICIENT_SIZE;
    if (*count) { out->pid = d->process_pid; out->used = 1ull << 30; out->gi = out->ci = 0xffffffff; }
    return SUCCESS;
}

#ifdef LEM_OLD_DRIVER
nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v2(device_t *d, unsigned *count, process_t *out) { return running(d, count, out); }
GET(nvmlDeviceGetCurrentClocksThrottleReasons, unsigned long long, d->reasons)
#else
nvmlReturn_t nvmlDeviceGetMigMode(device_t *d, unsigned *current, unsigned *pending) { ALIVE(d); *current = *pending = d->mig_count > 0; return SUCCESS; }
GET(nvmlDeviceGetMaxMigDeviceCount, unsigned, MAX_MIG)
nvmlReturn_t nvmlDeviceGetMigDeviceHandleByIndex(device_t *d, unsigned index, device_t **out)
{
    ALIVE(d);
    if (index >= (unsigned)d->mig_count) return NOT_FOUND;
    *out = &migs[d->index][index];
    return SUCCESS;
}
nvmlReturn_t nvmlDeviceIsMigDeviceHandle(device_t *d, unsigned *out) { *out = d->parent != NULL; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetDeviceHandleFromMigDeviceHandle(device_t *d, device_t **out) { if (!d->parent) return INVALID_ARGUMENT; *out = d->parent; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetAttributes_v2(device_t *d, attributes_t *out)
{
    if (!d->parent) return NOT_SUPPORTED;
    *out = (attributes_t){.sms = 14, .copy = 1, .gpuSlices = 1, .computeSlices = 1, .memoryMB = 9728};
    return SUCCESS;
}
GET(nvmlDeviceGetCurrentClocksEventReasons, unsigned long long, (now(), d->reasons))
GET(nvmlDeviceGetSupportedClocksEventReasons, unsigned long long, 0x1ff)
nvmlReturn_t nvmlDeviceGetTotalEnergyConsumption(device_t *d, unsigned long long *out)
{
    ALIVE(d);
    if (!d->has_counter) return NOT_SUPPORTED;
    double joules = counted_joules(&d->sensor, &d->power, now()) - d->reset_joules;
    *out = joules > 0 ? (unsigned long long)(joules * 1e3) : 0;
    return SUCCESS;
}
static void power_field(field_t *f, const device_t *d, int offered, double window, double t)
{
    f->nvmlReturn = offered ? SUCCESS : NOT_SUPPORTED;
    f->valueType = 1;
    f->value = (uint64_t)(sensed_watts(&d->sensor, &d->power, window, t) * 1e3);
}
nvmlReturn_t nvmlDeviceGetFieldValues(device_t *d, int count, field_t *fields)
{
    ALIVE(d);
    double t = now();
    ALIVE(d); /* it may have heard of its loss just now */
    for (int i = 0; i < count; i++) {
        field_t *f = &fields[i];
        f->nvmlReturn = SUCCESS;
        f->valueType = 3;
        switch (f->fieldId) {
        case 83: { unsigned long long mj = 0; f->nvmlReturn = nvmlDeviceGetTotalEnergyConsumption(d, &mj); f->value = mj; break; }
        case 185: power_field(f, d, d->has_average, d->sensor.usage_window, t); break;
        case 186: power_field(f, d, d->has_instant, d->sensor.window, t); break;
        case 269: case 270: case 271: f->value = (uint64_t)throttled_ns(d, (int)f->fieldId - 269, t); break;
        case 74: f->value = (uint64_t)throttled_ns(d, 3, t); break;
        default: f->nvmlReturn = NOT_SUPPORTED;
        }
    }
    return SUCCESS;
}
nvmlReturn_t nvmlDeviceGetMemoryInfo_v2(device_t *d, memory_v2_t *m)
{
    ALIVE(d);
    if (m->version != (sizeof(memory_v2_t) | 2u << 24)) return VERSION_MISMATCH;
    m->total = 80ull << 30; m->reserved = 1ull << 30; m->used = used_bytes(d); m->free = m->total - m->reserved - m->used;
    return SUCCESS;
}
nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v3(device_t *d, unsigned *count, process_t *out) { return running(d, count, out); }
#endif
