using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lem.Core.Units;
using Lem.Measurement.Nvml;
using Lem.Tests.Shared.Nvml;
using Xunit;

namespace Lem.Tests.Measurement.Nvml;

public class NvmlReaderTests
{
    [Fact]
    public void A_missing_library_is_an_answer_with_a_code_and_a_hint()
    {
        Assert.Null(NvmlReader.Open("/nowhere/libnvidia-ml.so.1", out var failure));

        Assert.Equal("nvml_library_missing", failure?.Code);
        Assert.NotEmpty(failure?.Hint ?? "");
    }

    [Theory]
    [InlineData(9, "nvml_driver_not_loaded")]
    [InlineData(4, "nvml_no_permission")]
    [InlineData(18, "nvml_version_mismatch")]
    public void A_driver_that_does_not_start_says_why(int answer, string code)
    {
        using var fake = new NvmlScenario();
        fake.SetInitAnswer(answer);

        Assert.Null(NvmlReader.Open(fake.Path, out var failure));
        Assert.Equal(code, failure?.Code);
    }

    [Fact]
    public void Layouts_are_those_that_the_C_compiler_gives_them()
    {
        using var fake = new NvmlScenario();

        Same<NvmlFieldValue>(fake, 0);
        Same<NvmlMemoryV2>(fake, 1);
        Same<NvmlPciInfo>(fake, 2);
        Same<NvmlProcessInfo>(fake, 3);
        Same<NvmlDeviceAttributes>(fake, 4);
        Same<NvmlMemoryV1>(fake, 5);
        Same<NvmlUtilization>(fake, 6);
        Same<NvmlViolationTime>(fake, 7);
    }

    static void Same<T>(NvmlScenario fake, int which)
        where T : struct
    {
        var fields = typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(field => field.MetadataToken);

        Assert.Equal(fake.SizeOf(which), Unsafe.SizeOf<T>());
        Assert.Equal(fake.OffsetsOf(which), fields.Select(field => (int)Marshal.OffsetOf<T>(field.Name)));
    }

    [Fact]
    public void A_driver_that_does_not_count_its_devices_says_why()
    {
        using var fake = new NvmlScenario();
        fake.SetCountAnswer((int)NvmlReturn.NoPermission);
        using var nvml = NvmlReader.Open(fake.Path, out var failure);

        Assert.Null(failure);
        Assert.Empty(nvml!.Devices);
        Assert.Equal("nvml_no_permission", nvml.CountFailure?.Code);
    }

    [Fact]
    public void Utilisation_is_one_question()
    {
        using var fake = new NvmlScenario();
        using var nvml = NvmlReader.Open(fake.Path, out _);

        Assert.Equal((97, 42), nvml!.Devices[0].Utilisation);
        Assert.Equal(1, fake.UtilisationCalls);
    }

    [Fact]
    public void A_device_tells_what_it_is()
    {
        using var fake = new NvmlScenario();
        using var nvml = NvmlReader.Open(fake.Path, out _);
        var gpu = nvml!.Devices[1];

        Assert.Equal(("550.54.15", "12.550.54.15", "12.4"), (nvml.DriverVersion, nvml.LibraryVersion, nvml.CudaVersion));
        Assert.Equal(2, nvml.Devices.Count);
        Assert.Equal((NvmlScenario.Uuid(1), "NVIDIA A100-SXM4-80GB", "00000000:08:00.0", "8.0"), (gpu.Uuid, gpu.Name, gpu.PciBusId, gpu.ComputeCapability));
        Assert.Equal(new NvmlMemoryUse(80L << 30, 2L << 30, 1L << 30), gpu.Memory);
        Assert.Equal((new Watts(100), new Watts(400), new Watts(400)), (gpu.MinPowerLimit!.Value, gpu.MaxPowerLimit!.Value, gpu.EnforcedPowerLimit!.Value));
        Assert.Equal((40, 92, 89), (gpu.TemperatureCelsius!.Value, gpu.ShutdownCelsius!.Value, gpu.SlowdownCelsius!.Value));
        Assert.Equal((97, 42, 1410, 1593), (gpu.Utilisation!.Value.SmPercent, gpu.Utilisation.Value.MemoryPercent, gpu.SmMegahertz!.Value, gpu.MemoryMegahertz!.Value));
        Assert.Equal((true, true, false, "default"), (gpu.PersistenceMode!.Value, gpu.EccEnabled!.Value, gpu.MigEnabled!.Value, gpu.ComputeMode));
    }

    [Fact]
    public void What_a_device_does_not_offer_is_null()
    {
        using var fake = new NvmlScenario();
        using var nvml = NvmlReader.Open(fake.Path, out _);

        Assert.Null(nvml!.Devices[0].FanPercent);
        Assert.Null(nvml.Devices[0].ApplicationGraphicsMegahertz);
    }

    [Fact]
    public void Application_clocks_are_told_where_there_are_any()
    {
        using var fake = new NvmlScenario();
        fake.Tell(0, $"application_megahertz 1275");
        using var nvml = NvmlReader.Open(fake.Path, out _);

        Assert.Equal((1275, 1593), (nvml!.Devices[0].ApplicationGraphicsMegahertz!.Value, nvml.Devices[0].ApplicationMemoryMegahertz!.Value));
    }

    [Fact]
    public void An_old_driver_is_read_by_the_old_names_and_without_what_it_lacks()
    {
        using var fake = new NvmlScenario(oldDriver: true);
        fake.Tell(0, $"reasons {ThrottleBits.SoftwareThermal}");
        fake.Tell(0, $"process 4711");
        using var nvml = NvmlReader.Open(fake.Path, out _);
        var gpu = nvml!.Devices[0];

        Assert.Equal(ThrottleBits.SoftwareThermal, gpu.ClockReasons);
        Assert.Equal(new NvmlMemoryUse(80L << 30, 3L << 30, null), gpu.Memory);
        Assert.Equal(NvmlReturn.FunctionNotFound, gpu.ReadEnergy(out _));
        Assert.Equal([new NvmlProcess(4711, 1L << 30)], gpu.Processes());
    }

    [Fact]
    public void A_lost_device_stands_in_the_list_with_its_answer()
    {
        using var fake = new NvmlScenario();
        fake.Tell(0, $"fail {(int)NvmlReturn.GpuIsLost}");
        using var nvml = NvmlReader.Open(fake.Path, out _);

        Assert.Equal(NvmlReturn.GpuIsLost, nvml!.Devices[0].HandleAnswer);
        Assert.Null(nvml.Devices[0].Name);
        Assert.Equal(NvmlReturn.Success, nvml.Devices[1].HandleAnswer);
    }

    [Fact]
    public void Processes_are_named_with_their_memory()
    {
        using var fake = new NvmlScenario();
        fake.Tell(1, $"process 4711");
        using var nvml = NvmlReader.Open(fake.Path, out _);

        Assert.Equal([new NvmlProcess(4711, 1L << 30)], nvml!.Devices[1].Processes());
        Assert.Empty(nvml.Devices[0].Processes()!);
    }

    [Fact]
    public void A_UUID_finds_its_device()
    {
        using var fake = new NvmlScenario();
        using var nvml = NvmlReader.Open(fake.Path, out _);

        Assert.Equal(1, nvml!.FindByUuid(NvmlScenario.Uuid(1), out var isMig)?.Index);
        Assert.False(isMig);
        Assert.Null(nvml.FindByUuid("GPU-none", out _));
    }
}
