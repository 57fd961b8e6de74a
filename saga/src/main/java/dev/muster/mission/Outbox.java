package dev.muster.mission;

/** Takes what a saga owes, to be sent once what the saga has noted is durable. */
interface Outbox {

    /** Commands of one mission are sent in the order in which they are handed in. */
    void send(MissionId mission, Owed owed);
}
