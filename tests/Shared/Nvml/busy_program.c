/* busy_program SECONDS DEVICE:WATTS…: works for so long on the scenario's GPUs. It says so in LEM_SCENARIO_FILE, with the stamps of its own
 * clock: the given power from its start, half of it in the second half, and 60 W again at its end. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void draw(const char *path, int count, char **devices, double share)
{
    FILE *file = fopen(path, "a");
    if (!file) exit(2);
    unsigned long long ns = (unsigned long long)(now() * 1e9);
    for (int i = 0; i < count; i++) {
        int device;
        double watts;
        if (sscanf(devices[i], "%d:%lf", &device, &watts) != 2) exit(2);
        fprintf(file, "%llu %d watts %g\n", ns, device, share > 0 ? watts * share : 60);
    }
    fclose(file);
}

int main(int argc, char **argv)
{
    const char *path = getenv("LEM_SCENARIO_FILE");
    if (argc < 3 || !path) return 2;
    double seconds = atof(argv[1]), start = now();
    draw(path, argc - 2, argv + 2, 1);
    while (now() < start + seconds / 2) { }
    draw(path, argc - 2, argv + 2, 0.5);
    while (now() < start + seconds) { }
    draw(path, argc - 2, argv + 2, 0);
    return 0;
}
