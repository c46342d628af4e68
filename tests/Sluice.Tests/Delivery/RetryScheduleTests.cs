using Sluice.Delivery;

namespace Sluice.Tests.Delivery;

public sealed class RetryScheduleTests
{
    [Fact]
    public void Waits_double_from_a_second_to_five_minutes_with_a_quarter_of_chance()
    {
        var schedule = new RetrySchedule(new DeliverySettings(), new Random(7));

        var waits = Enumerable.Range(0, 20).Select(_ => schedule.AfterFailure().TotalSeconds).ToList();

        for (var i = 0; i < waits.Count; i++)
        {
            var middle = Math.Min(Math.Pow(2, i), 300);
            Assert.InRange(waits[i], middle * 0.75, Math.Min(middle * 1.25, 300));
        }
    }

    [Fact]
    public void Where_they_begin_and_end_is_set_by_the_operator()
    {
        var schedule = new RetrySchedule(new DeliverySettings { FirstRetryAfter = TimeSpan.FromSeconds(10), LongestRetryAfter = TimeSpan.FromSeconds(30) }, new Random(7));

        double[] waits = [schedule.AfterFailure().TotalSeconds, schedule.AfterFailure().TotalSeconds, schedule.AfterFailure().TotalSeconds];

        Assert.InRange(waits[0], 7.5, 12.5);
        Assert.InRange(waits[1], 15, 25);
        Assert.InRange(waits[2], 22.5, 30);
    }

    [Fact]
    public void Two_destinations_that_fail_together_do_not_come_back_together()
    {
        var (one, other) = (new RetrySchedule(new DeliverySettings(), new Random(1)), new RetrySchedule(new DeliverySettings(), new Random(2)));

        Assert.NotEqual(one.AfterFailure(), other.AfterFailure());
    }

    [Fact]
    public void A_success_begins_anew()
    {
        var schedule = new RetrySchedule(new DeliverySettings(), new Random(7));
        for (var i = 0; i < 10; i++) schedule.AfterFailure();

        schedule.AfterSuccess();

        Assert.InRange(schedule.AfterFailure(), TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(1.25));
    }

    [Theory]
    [InlineData(120, 120)]
    [InlineData(599, 599)]
    [InlineData(86_400, 600)]
    public void What_is_asked_for_is_waited_up_to_ten_minutes(int asked, int waited)
    {
        var schedule = new RetrySchedule(new DeliverySettings(), new Random(7));

        Assert.Equal(TimeSpan.FromSeconds(waited), schedule.AfterFailure(TimeSpan.FromSeconds(asked)));
    }
}
